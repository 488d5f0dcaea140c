package io.taskgroup;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/**
 * {@link Roster}: each thread has a member that comes and goes, and any thread asks for any of them. One slot is free at
 * first, so that the roster has to grow.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "member", gen = IntGen.class, conf = "1:3")
public class RosterModelTest {
    private final Roster<Integer> roster = new Roster<>();
    private final Integer[] slots = new Integer[10]; // of each thread's member, if it is there

    public RosterModelTest() {
        for (int slot = 0; slot < 7; slot++) {
            roster.add(-slot);
        }
    }

    @Operation
    public void come(@Param(name = "thread") int thread) {
        if (slots[thread] == null) {
            slots[thread] = roster.add(thread);
        }
    }

    @Operation
    public void go(@Param(name = "thread") int thread) {
        if (slots[thread] != null) {
            roster.remove(slots[thread]);
            slots[thread] = null;
        }
    }

    @Operation
    public boolean isThere(@Param(name = "member") int member) {
        return roster.any(each -> each == member);
    }

    @Operation
    public boolean isListed(@Param(name = "member") int member) {
        return roster.members().contains(member);
    }

    @Test
    void everyInterleavingIsAnOrder() {
        ModelChecking.check(getClass());
    }
}
