package io.taskgroup;

import io.taskgroup.CancelReason.Kind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What time does to a group: its age, its deadline, and the watch over tasks that were asked to stop. */
final class GroupClock {
    private final OwnedGroup group;
    private final long openedNanos = System.nanoTime();
    private volatile @Nullable GroupTimer timer; // made for the first deadline: most groups have none
    private volatile boolean asked;

    GroupClock(OwnedGroup group) {
        this.group = group;
    }

    long openedNanos() {
        return openedNanos;
    }

    Duration age(long nowNanos) {
        return Duration.ofNanos(nowNanos - openedNanos);
    }

    // ---- the deadline

    /** Sets or moves the deadline; false if it can no longer be moved. */
    boolean setTimeout(Duration timeout) {
        GroupTimer running = makeTimer();
        if (!running.start(timeout)) {
            return false;
        }
        boolean isClosed = group.latch().isClosed(); // looked at first: what closed the group has its reason by then
        CancelReason why = group.ledger().reason();
        if (why != null && why.kind() == Kind.TIMEOUT) {
            return true; // it has passed already
        }
        if (why != null || isClosed) {
            running.stop(); // it may have been made too late for the one who stops it
            return false;
        }
        return true;
    }

    private synchronized GroupTimer makeTimer() {
        GroupTimer made = timer;
        if (made == null) {
            made = new GroupTimer(this::expire);
            timer = made;
        }
        return made;
    }

    private void expire() {
        group.cancel(CancelReason.of(Kind.TIMEOUT, group + " was not done after " + Deadline.text(timeout())));
    }

    /** As {@link #setTimeout}, for a caller who is told why that cannot be. */
    void reschedule(Duration timeout) {
        if (!setTimeout(timeout)) {
            CancelReason why = group.ledger().reason();
            throw new IllegalStateException("The deadline of " + group + " cannot be moved: it "
                    + (why == null ? "has ended" : "was cancelled (" + why + ")"));
        }
    }

    /** The group was cancelled, or has ended: the deadline stays as it is, and nothing happens when it passes. */
    void stop() {
        GroupTimer running = timer;
        if (running != null) {
            running.stop();
        }
    }

    /** Returns the timeout in force; zero without one. */
    Duration timeout() {
        return deadline().map(Deadline::timeout).orElse(Duration.ZERO);
    }

    /** Returns the time left to the nearest deadline, those around the group included; empty without one. */
    Optional<Duration> remaining() {
        Optional<Duration> own = deadline().map(deadline -> deadline.remaining(System.nanoTime()));
        CancelScope outer = group.enclosing();
        Optional<Duration> around =
                outer == null ? Optional.empty() : outer.ownedGroup().remaining();
        boolean isOwnNearest = own.isPresent() && (around.isEmpty() || own.get().compareTo(around.get()) <= 0);
        return isOwnNearest ? own : around;
    }

    private Optional<Deadline> deadline() {
        GroupTimer running = timer;
        return running == null ? Optional.empty() : running.deadline();
    }

    // ---- stragglers

    /** A task that has begun was asked to stop. */
    void watch(StopRequest request) {
        asked = true;
        group.engine().stragglers().expect(request.atNanos + stragglerWarningNanos());
    }

    /** Returns whether a task that had begun was asked to stop. */
    boolean watchesTasks() {
        return asked;
    }

    long stragglerWarningNanos() {
        return Deadline.nanos(group.options().stragglerWarning());
    }
}
