package io.taskgroup;

import io.taskgroup.CancelReason.Kind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What time does to a group: its deadline. Most groups have none, and no clock. */
final class GroupClock {
    private final OwnedGroup group;
    private final GroupTimer timer;

    GroupClock(OwnedGroup group) {
        this.group = group;
        this.timer = new GroupTimer(this::expire);
    }

    private void expire() {
        group.cancel(CancelReason.of(Kind.TIMEOUT, group + " was not done after " + Texts.of(timeout(this))));
    }

    /** Sets or moves the deadline; false if it can no longer be moved. */
    boolean setTimeout(Duration timeout) {
        if (!timer.start(timeout)) {
            return false;
        }
        boolean isClosed = group.latch().isClosed(); // looked at first: what closed the group has its reason by then
        CancelReason why = group.ledger().reason();
        if (why != null && why.kind() == Kind.TIMEOUT) {
            return true; // it has passed already
        }
        if (why != null || isClosed) {
            timer.stop(); // the clock may have been made too late for the one who stops it
            return false;
        }
        return true;
    }

    /** The group was cancelled, or has ended: the deadline stays as it is, and nothing happens when it passes. */
    void stop() {
        timer.stop();
    }

    /** Returns the time left to the deadline; empty without one. */
    static Optional<Duration> remaining(@Nullable GroupClock clock) {
        return deadline(clock).map(deadline -> deadline.remaining(System.nanoTime()));
    }

    /** Returns the timeout in force; zero without one. */
    static Duration timeout(@Nullable GroupClock clock) {
        return deadline(clock).map(Deadline::timeout).orElse(Duration.ZERO);
    }

    private static Optional<Deadline> deadline(@Nullable GroupClock clock) {
        return clock == null ? Optional.empty() : clock.timer.deadline();
    }
}
