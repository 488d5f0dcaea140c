package io.taskgroup.benchmarks.peers;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.util.ListStatistics;

/** How long it took from a task's failure until the owner went on, over one iteration. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class ExitTimes {
    private ListStatistics nanos = new ListStatistics();

    @Setup(Level.Iteration)
    public void reset() {
        nanos = new ListStatistics();
    }

    void exitedAfter(long failedAtNanos) {
        nanos.addValue((double) (System.nanoTime() - failedAtNanos));
    }

    /** Returns the tenth percentile, in nanoseconds: the group's own time, not that of a machine busy with something else. */
    public double nanosToExit() {
        return nanos.getPercentile(10);
    }
}
