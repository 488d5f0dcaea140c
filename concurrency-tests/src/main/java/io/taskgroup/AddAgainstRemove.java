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
 * A member comes while another one leaves the same roster.
 *
 * <pre>
 * one that comes | one that leaves
 * ---------------+----------------
 * add            | strike
 * </pre>
 */
@JCStressTest
@Outcome(id = "[2]", expect = ACCEPTABLE, desc = "One came, and one left.")
@Outcome(expect = FORBIDDEN, desc = "A member was lost, or stayed.")
@State
public class AddAgainstRemove {
    private final Roster<Resident> roster = new Roster<>();
    private final Resident leaver = Resident.add(1, roster);

    @Actor
    public void coming() {
        Resident.add(2, roster);
    }

    @Actor
    public void leaving() {
        leaver.leave();
    }

    @Arbiter
    public void afterwards(L_Result result) {
        result.r1 = roster.members().toString();
    }
}
