package io.taskgroup;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/** {@link JoinLatch}: forks that an executor refuses are taken back, while others fork and an owner counts. */
@Param(name = "thread", gen = ThreadIdGen.class)
public class TakeBackModelTest {
    private final JoinLatch latch = new JoinLatch();
    private final int[] latest = new int[10]; // of each thread: the number of its fork that may be taken back

    @Operation
    public int fork(@Param(name = "thread") int thread) {
        latest[thread] = latch.fork();
        return latest[thread];
    }

    @Operation
    public boolean takeBack(@Param(name = "thread") int thread) {
        if (latest[thread] == 0) {
            return false;
        }
        boolean takenBack = latch.takeBack(latest[thread]);
        latest[thread] = 0;
        return takenBack;
    }

    @Operation
    public int forked() {
        return latch.forked();
    }

    @Test
    void everyInterleavingIsAnOrder() {
        ModelChecking.check(getClass());
    }
}
