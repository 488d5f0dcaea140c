package io.taskgroup.benchmarks.peers;

import org.openjdk.jmh.infra.Blackhole;

/** W4: tasks that compute for about 20 microseconds. */
public class BusyTasks extends FanOut {
    /** Fixed, so that every peer does the same work, however fast the machine is at the moment. */
    private static final int TOKENS = 10_000;

    @Override
    Integer task(int index) {
        Blackhole.consumeCPU(TOKENS);
        return index & 127;
    }
}
