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
 * add            | remove
 * </pre>
 */
@JCStressTest
@Outcome(id = "[comes]", expect = ACCEPTABLE, desc = "One came, and one left.")
@Outcome(expect = FORBIDDEN, desc = "A member was lost, or stayed.")
@State
public class AddAgainstRemove {
    private final Roster<String> roster = new Roster<>();
    private final int slot = roster.add("leaves");

    @Actor
    public void coming() {
        roster.add("comes");
    }

    @Actor
    public void leaving() {
        roster.remove(slot);
    }

    @Arbiter
    public void afterwards(L_Result result) {
        result.r1 = roster.members().toString();
    }
}
