package io.taskgroup;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/** {@link StopRequest}: any thread may want to tell observers of the request, and one thread ends the task. */
@Param(name = "thread", gen = ThreadIdGen.class)
public class StopRequestModelTest {
    private final StopRequest request = new StopRequest(LoneScope.REASON, 0, StopRequest.Delivery.DELIVERED, null);
    private final boolean[] claimed = new boolean[10];
    private boolean ended;

    @Operation
    public boolean claim(@Param(name = "thread") int thread) {
        boolean mine = request.claim();
        claimed[thread] |= mine;
        return mine;
    }

    /** Whether the end is left to the task's thread. */
    @Operation
    public boolean announced(@Param(name = "thread") int thread) {
        if (!claimed[thread]) {
            return false;
        }
        claimed[thread] = false;
        return request.announced();
    }

    @Operation(nonParallelGroup = "end")
    public boolean handOver() {
        if (ended) {
            return false;
        }
        ended = true;
        return request.handOver();
    }

    @Test
    void everyInterleavingIsAnOrder() {
        ModelChecking.check(getClass());
    }
}
