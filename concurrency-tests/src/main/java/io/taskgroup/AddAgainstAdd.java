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
 * Two members come when the roster has one free slot left, so that it must grow.
 *
 * <pre>
 * one | other
 * ----+------
 * add | add
 * </pre>
 */
@JCStressTest
@Outcome(id = "9 in 16 slots, each in its own", expect = ACCEPTABLE, desc = "Both are there, and each knows its slot.")
@Outcome(expect = FORBIDDEN, desc = "A member was lost, or does not know its slot.")
@State
public class AddAgainstAdd {
    private final Roster<Resident> roster = new Roster<>(Resident::placedAt);
    private final Resident one = new Resident();
    private final Resident other = new Resident();
    private int slotOfOne;
    private int slotOfOther;

    public AddAgainstAdd() {
        for (int slot = 0; slot < 7; slot++) {
            roster.add(new Resident());
        }
    }

    @Actor
    public void one() {
        slotOfOne = roster.add(one);
    }

    @Actor
    public void other() {
        slotOfOther = roster.add(other);
    }

    @Arbiter
    public void afterwards(L_Result result) {
        boolean known = one.slot == slotOfOne && other.slot == slotOfOther && slotOfOne != slotOfOther;
        result.r1 = roster.size() + " in " + roster.slots() + " slots, " + (known ? "each in its own" : "astray");
    }
}
