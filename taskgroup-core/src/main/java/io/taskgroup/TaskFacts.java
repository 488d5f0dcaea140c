package io.taskgroup;

import io.taskgroup.ContextCarrier.Captured;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to a task beside its work. Made at fork if the task was given a name, carries a context or is watched,
 * otherwise when somebody asks: most tasks of a large group have none.
 */
final class TaskFacts {
    private static final AtomicLong IDS = new AtomicLong();

    final long id = IDS.incrementAndGet();
    final @Nullable String givenName;
    private final long forkedNanos;
    private long startedNanos;

    /** What was captured at fork; null once all is told of the task's end. */
    @Nullable
    Captured context;

    /**
     * The facts of one task.
     *
     * @param forkedNanos when it was forked; when its group was opened, if nobody looked at the clock then
     */
    TaskFacts(@Nullable String givenName, @Nullable Captured context, long forkedNanos) {
        this.givenName = givenName;
        this.context = context;
        this.forkedNanos = forkedNanos;
    }

    Duration age(long nowNanos) {
        return Duration.ofNanos(nowNanos - forkedNanos);
    }

    /** The task starts now; returns how long it has waited. */
    Duration started() {
        startedNanos = System.nanoTime();
        return Duration.ofNanos(startedNanos - forkedNanos);
    }

    /** Returns how long the task has run since {@link #started}; zero if it has not. */
    Duration ran() {
        return startedNanos == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}
