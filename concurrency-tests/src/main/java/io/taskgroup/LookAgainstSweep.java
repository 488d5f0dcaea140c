package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A thread looks through the members while another one comes, for which the pages are taken out on which the look may stand.
 *
 * <pre>
 * one that looks | one that comes
 * ---------------+------------------------------------
 * members        | add: takes out pages, and makes one
 * </pre>
 */
@JCStressTest
@Outcome(
        id = {"[1, 100]", "[1, 100, 121]"},
        expect = ACCEPTABLE,
        desc = "Who stays is seen, and who comes perhaps.")
@Outcome(expect = FORBIDDEN, desc = "The look ended on a page that was taken out, or went astray from it.")
@State
public class LookAgainstSweep {
    private final Roster<Resident> roster = new Roster<>();

    public LookAgainstSweep() {
        Resident.add(1, roster);
        Resident.pass(2, 99, roster);
        Resident.add(100, roster);
        Resident.pass(101, 120, roster); // so that four pages are full
    }

    @Actor
    public void looking(L_Result result) {
        result.r1 = roster.members().toString();
    }

    @Actor
    public void coming() {
        Resident.add(121, roster);
    }
}
