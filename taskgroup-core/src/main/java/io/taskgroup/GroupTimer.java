package io.taskgroup;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of one group, and the timer that waits for it. It may be moved until it is stopped; an expiry that was
 * overtaken by a move does nothing.
 */
final class GroupTimer {
    private final Runnable onExpiry;
    private @Nullable Deadline deadline;
    private @Nullable Future<?> due;
    private boolean stopped;

    GroupTimer(Runnable onExpiry) {
        this.onExpiry = onExpiry;
    }

    /** Sets or moves the deadline; false if the timer was stopped. */
    synchronized boolean start(Duration timeout) {
        if (stopped) {
            return false;
        }
        cancelDue();
        Deadline set = Deadline.after(timeout, System.nanoTime());
        deadline = set;
        due = Timers.schedule(() -> expire(set), Deadline.nanos(timeout));
        return true;
    }

    private void expire(Deadline expired) {
        synchronized (this) {
            if (stopped || deadline != expired) {
                return;
            }
            stopped = true;
        }
        onExpiry.run();
    }

    /** The deadline stays as it is, and nothing happens when it passes. */
    synchronized void stop() {
        stopped = true;
        cancelDue();
    }

    private void cancelDue() {
        if (due != null) {
            due.cancel(false);
            due = null;
        }
    }

    synchronized Optional<Deadline> deadline() {
        return Optional.ofNullable(deadline);
    }
}
