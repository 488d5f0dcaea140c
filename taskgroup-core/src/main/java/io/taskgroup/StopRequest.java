package io.taskgroup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** That a {@link CancelScope} was asked to stop: why, and how far the message has come. */
final class StopRequest {
    /** The part of {@link CancelScope}'s state that follows the request. */
    enum Delivery {
        /** The code had not begun and never will. */
        WITHDRAWN,
        /** The asker is about to interrupt. */
        INTERRUPTING,
        /** The code does not know yet; its thread looks when it returns to the code. */
        OWED,
        /** The thread was interrupted; the code may not have looked at the flag yet. */
        DELIVERED,
        /** The code knows, and no flag of ours is set: an exception told it, or the library saw that the flag was taken. */
        TOLD
    }

    /**
     * Who tells the observers of the request, and who of the task's end: that must come after it.
     *
     * <pre>
     * UNTOLD      -> TELLING       the asker; the forking thread, if it has not told them of the task before
     * UNTOLD      -> HANDED_OVER   the task has ended first
     * HANDED_OVER -> TELLING_BOTH  the asker, which goes on with the end
     * TELLING     -> TELLING_BOTH  the task has ended; the asker goes on with the end
     * TELLING     -> TOLD          the asker has told them; whoever ends the task goes on
     * UNTOLD      -> NEVER_TOLD    the executor refused the task: there is nothing to tell them
     * </pre>
     */
    private enum Announcement {
        UNTOLD,
        TELLING,
        TELLING_BOTH,
        HANDED_OVER,
        TOLD,
        NEVER_TOLD
    }

    private static final VarHandle ANNOUNCEMENT;

    static {
        try {
            ANNOUNCEMENT = MethodHandles.lookup().findVarHandle(StopRequest.class, "announcement", Announcement.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final CancelReason reason;
    final long atNanos;
    volatile Delivery delivery;

    /** Whether the flag was set before we set it: then it is not ours to take. Written before the delivery. */
    boolean flagWasSet;

    volatile @Nullable Thread thread;
    private long untilLeftNanos;
    private long warnAfterNanos;
    private volatile Announcement announcement = Announcement.UNTOLD;

    /**
     * A request.
     *
     * @param atNanos when it was made, by {@link System#nanoTime()}
     * @param thread the thread that is in the code, until it has left it
     */
    StopRequest(CancelReason reason, long atNanos, Delivery delivery, @Nullable Thread thread) {
        this.reason = reason;
        this.atNanos = atNanos;
        this.delivery = delivery;
        this.thread = thread;
    }

    /** The thread has left the code. */
    void left() {
        thread = null;
    }

    /** The thread has just left the code, and somebody will ask when. */
    void leftNow() {
        untilLeftNanos = Math.max(1, System.nanoTime() - atNanos);
    }

    /** Returns the time from a request until the thread had left the code, if that was to be known; zero without either. */
    static Duration untilLeft(@Nullable StopRequest request) {
        return request == null ? Duration.ZERO : Duration.ofNanos(request.untilLeftNanos);
    }

    /** Whether the code knows, or could. */
    boolean hasReached() {
        return delivery == Delivery.DELIVERED || delivery == Delivery.TOLD;
    }

    boolean isWithdrawn() {
        return delivery == Delivery.WITHDRAWN;
    }

    /** Returns after which time the next straggler warning is due, in a group that gives the first after {@code first}. */
    synchronized long warnAfterNanos(long first) {
        return Math.max(first, warnAfterNanos);
    }

    /** Returns whether a warning is due, which the caller gives; the next comes after twice the time, or four times, … */
    synchronized boolean takeWarning(long first, long sinceNanos) {
        long next = warnAfterNanos(first);
        boolean due = next <= sinceNanos;
        while (next > 0 && next <= sinceNanos) {
            next *= 2;
        }
        warnAfterNanos = next > 0 ? next : Long.MAX_VALUE;
        return due;
    }

    /** Returns whether the calling thread is the one that tells the observers of the request. */
    boolean claim() {
        return ANNOUNCEMENT.compareAndSet(this, Announcement.UNTOLD, Announcement.TELLING)
                || ANNOUNCEMENT.compareAndSet(this, Announcement.HANDED_OVER, Announcement.TELLING_BOTH);
    }

    /** The asker has told the observers of the request; false if the end of the task is now its to tell. */
    boolean announced() {
        return ANNOUNCEMENT.getAndSet(this, Announcement.TOLD) != Announcement.TELLING_BOTH;
    }

    /** The observers will not be told of the request. */
    void concealed() {
        announcement = Announcement.NEVER_TOLD;
    }

    boolean isConcealed() {
        return announcement == Announcement.NEVER_TOLD;
    }

    /** The task has ended; true if the asker will tell the observers. */
    boolean handOver() {
        return ANNOUNCEMENT.compareAndSet(this, Announcement.UNTOLD, Announcement.HANDED_OVER)
                || ANNOUNCEMENT.compareAndSet(this, Announcement.TELLING, Announcement.TELLING_BOTH);
    }
}
