package io.taskgroup.spring.metrics;

import io.micrometer.core.instrument.Clock;
import io.taskgroup.CancelReason;
import io.taskgroup.Task;
import io.taskgroup.TaskState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What has to be known of a live task until it ends. */
final class MeteredTask {
    private final GroupMeters meters;
    private final Clock clock;
    private final long forkedNanos;
    private volatile boolean started;
    private volatile @Nullable StopRequest stopRequest; // may come while the task starts
    private Straggling straggling = Straggling.NO; // guarded by this: the report may come while the task ends

    private enum Straggling {
        NO,
        YES,
        OVER
    }

    private record StopRequest(CancelReason.Kind reason, long nanos) {}

    MeteredTask(GroupMeters meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.forkedNanos = clock.monotonicTime();
    }

    void forked() {
        meters.taskForked();
    }

    void started(Duration waited) {
        started = true;
        meters.taskStarted(waited);
    }

    void cancelRequested(CancelReason reason) {
        stopRequest = new StopRequest(reason.kind(), clock.monotonicTime());
    }

    synchronized void straggles() {
        if (straggling == Straggling.NO) {
            straggling = Straggling.YES;
            meters.straggling();
        }
    }

    private synchronized void straggledToItsEnd() {
        if (straggling == Straggling.YES) {
            meters.stragglerLeft();
        }
        straggling = Straggling.OVER;
    }

    void ended(Task<?> task, Duration ran) {
        straggledToItsEnd();
        StopRequest request = stopRequest;
        boolean isCancelled = task.state() == TaskState.CANCELLED;
        if (isCancelled) {
            // unasked, it threw a CancellationException of its own
            meters.taskCancelled(request != null ? request.reason() : CancelReason.Kind.TASK_CANCELLED);
        }
        if (started) {
            meters.taskLeft();
            if (request != null) {
                meters.cancelLatency(clock.monotonicTime() - request.nanos());
            }
        } else {
            meters.taskNeverStarted(clock.monotonicTime() - forkedNanos);
        }
        if (started || !isCancelled) { // a task whose context could not be restored failed without a start
            meters.taskRan(task.state(), task.exception().orElse(null), ran);
        }
    }
}
