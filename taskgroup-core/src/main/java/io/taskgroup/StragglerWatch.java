package io.taskgroup;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the tasks of one group that were asked to stop: one that is still running when the warning is due is
 * reported, and again after two, four, … times as long, so that a hang names its culprit. Nothing runs while nobody was
 * asked.
 */
final class StragglerWatch {
    private final OwnedGroup group;
    private final long warningNanos;
    private @Nullable Future<?> due;
    private boolean stopped;

    StragglerWatch(OwnedGroup group, Duration warning) {
        this.group = group;
        this.warningNanos = Deadline.nanos(warning);
    }

    /** Somebody was asked to stop. */
    synchronized void start() {
        if (due == null) {
            schedule(warningNanos);
        }
    }

    synchronized void stop() {
        stopped = true;
        if (due != null) {
            due.cancel(false);
        }
    }

    private void schedule(long delayNanos) {
        if (!stopped && !group.latch().isClosed()) {
            due = Timers.schedule(this::look, delayNanos);
        }
    }

    private void look() {
        long now = System.nanoTime();
        long next = Long.MAX_VALUE;
        for (ForkedTask<?> task : group.live()) {
            StopRequest request = task.request();
            if (request != null && !request.isWithdrawn()) {
                next = Math.min(next, look(task, request, now));
            }
        }
        synchronized (this) {
            due = null;
            if (next < Long.MAX_VALUE) {
                schedule(next);
            }
        }
    }

    /** Returns the nanoseconds to the next warning of a task. */
    private long look(ForkedTask<?> task, StopRequest request, long now) {
        long since = now - request.atNanos;
        if (since >= request.warnAfterNanos(warningNanos)) {
            Thread thread = task.thread();
            if (thread != null && task.state() == TaskState.RUNNING) {
                warn(task, request, thread, Duration.ofNanos(since));
            }
            request.warned(warningNanos, since);
        }
        return Math.max(1, request.warnAfterNanos(warningNanos) - since);
    }

    private void warn(ForkedTask<?> task, StopRequest request, Thread thread, Duration since) {
        String stack = Arrays.stream(thread.getStackTrace())
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
        Log.warn(task + " still runs " + since.toMillis() + " ms after it was asked to stop (" + request.reason
                + "), and its group waits for it; make it end when its thread is interrupted. Thread '"
                + thread.getName() + "' is at:" + stack);
        group.observers().taskStraggling(task, since, thread);
    }
}
