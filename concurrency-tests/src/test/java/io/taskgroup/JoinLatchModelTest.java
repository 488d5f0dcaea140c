package io.taskgroup;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/**
 * {@link JoinLatch}: forks, pins and what is settled on all threads, and an owner who tries to pass, until it has closed
 * the latch.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
public class JoinLatchModelTest {
    private final JoinLatch latch = new JoinLatch();
    private final int[] unsettled = new int[10]; // of each thread: nobody settles what was not counted
    private boolean ended; // the owner's: it never looks again, for a refused fork may be counted for a moment

    @Operation
    public int fork(@Param(name = "thread") int thread) {
        int number = latch.fork();
        if (number > 0) {
            unsettled[thread]++;
        }
        return number;
    }

    @Operation
    public boolean pin(@Param(name = "thread") int thread) {
        boolean pinned = latch.pin();
        if (pinned) {
            unsettled[thread]++;
        }
        return pinned;
    }

    @Operation
    public boolean settled(@Param(name = "thread") int thread) {
        if (unsettled[thread] == 0) {
            return false;
        }
        unsettled[thread]--;
        return latch.settled();
    }

    @Operation(nonParallelGroup = "owner")
    public boolean tryPass() {
        return !ended && latch.tryPass(false);
    }

    @Operation(nonParallelGroup = "owner")
    public boolean tryPassAndClose() {
        if (ended) {
            return false;
        }
        ended = latch.tryPass(true);
        return ended;
    }

    @Operation(nonParallelGroup = "owner")
    public int settledForks() {
        return latch.settledForks();
    }

    @Operation
    public boolean isClosed() {
        return latch.isClosed();
    }

    @Operation
    public boolean isWaiting() {
        return latch.isWaiting();
    }

    @Test
    void everyInterleavingIsAnOrder() {
        ModelChecking.check(getClass());
    }
}
