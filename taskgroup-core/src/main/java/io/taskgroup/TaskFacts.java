package io.taskgroup;

import io.taskgroup.ContextCarrier.Captured;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to a task beside its work. Made at fork if the task was given a name, carries a context or is watched,
 * otherwise when somebody asks: most tasks of a large group have none.
 */
final class TaskFacts {
    private static final AtomicLong IDS = new AtomicLong();
    private static final AtomicLongFieldUpdater<TaskFacts> ID =
            AtomicLongFieldUpdater.newUpdater(TaskFacts.class, "id");

    private volatile long id; // zero until somebody asks
    final @Nullable String givenName;
    private final long forkedNanos;
    private long startedNanos;
    private long ranNanos;

    /** Whether observers are still to be told that the task starts. */
    volatile boolean startUntold;

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

    /** Returns the number of the task. */
    long id() {
        if (id == 0) {
            ID.compareAndSet(this, 0, IDS.incrementAndGet());
        }
        return id;
    }

    Duration age(long nowNanos) {
        return Duration.ofNanos(nowNanos - forkedNanos);
    }

    /** The task starts now, or never will. */
    void started() {
        startedNanos = System.nanoTime();
    }

    /** The task, which has {@link #started}, is over. */
    void ended() {
        ranNanos = Math.max(1, System.nanoTime() - startedNanos); // zero is for a task that never ran
    }

    /** Returns how long the task waited until it {@link #started}; zero if it has not. */
    Duration waited() {
        return startedNanos == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(1, startedNanos - forkedNanos));
    }

    /** Returns how long the task ran; zero if it did not. */
    Duration ran() {
        return Duration.ofNanos(ranNanos);
    }
}
