package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A member comes late under a number that it has had for long, while another one needs a new page, for which the pages are
 * taken out that are done with.
 *
 * <pre>
 * late | other
 * -----+------------------------------------
 * add  | add: takes out pages, and makes one
 * </pre>
 */
@JCStressTest
@Outcome(
        id = "[10, 121] on 4 pages",
        expect = ACCEPTABLE,
        desc = "The page of the late one stays, and the one after it is taken out.")
@Outcome(expect = FORBIDDEN, desc = "The late one was put on a page that had been taken out.")
@State
public class LateAddAgainstSweep {
    private final Roster<Resident> roster = new Roster<>();

    public LateAddAgainstSweep() {
        Resident.pass(1, 9, roster);
        Resident.pass(11, 120, roster); // so that four pages are full
    }

    @Actor
    public void late() {
        Resident.add(10, roster);
    }

    @Actor
    public void other() {
        Resident.add(121, roster);
    }

    @Arbiter
    public void afterwards(L_Result result) {
        result.r1 = roster.members() + " on " + roster.pages() + " pages";
    }
}
