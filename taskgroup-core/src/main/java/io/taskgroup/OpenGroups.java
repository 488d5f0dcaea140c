package io.taskgroup;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The open groups of a factory.
 *
 * <pre>
 * OPEN -> CLOSED   shutdown: no more groups
 * </pre>
 */
final class OpenGroups {
    private static final CancelReason SHUTDOWN =
            CancelReason.of(CancelReason.Kind.SHUTDOWN, "the task group factory was shut down");

    private final Roster<OwnedGroup> groups = new Roster<>();
    private final AtomicLong opened = new AtomicLong();
    private volatile boolean closed;
    private volatile boolean watched;

    /** Throws if the factory is closed. */
    void checkOpen(OwnedGroup group) {
        if (closed) {
            throw new IllegalStateException("The task group factory is closed; " + group + " was not opened");
        }
    }

    /**
     * Adds a group that was opened; it is cancelled at once if the factory was closed in the meantime.
     *
     * @return its number, for {@link #remove}
     */
    long add(OwnedGroup group) {
        long number = opened.incrementAndGet();
        groups.add(number, group);
        if (closed) { // after it was added: either this sees it, or whoever closed sees the group
            group.cancel(SHUTDOWN);
        }
        return number;
    }

    void remove(Roster.Page page, long number) {
        page.strike(number);
        if (closed) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    Optional<OwnedGroup> find(long id) {
        return groups.members().stream().filter(group -> group.id() == id).findAny();
    }

    /** Returns whether somebody has looked at the groups: then it is worth knowing when a task was forked. */
    boolean areWatched() {
        return watched;
    }

    /** Returns the groups that are not inside a task of this factory, in the order they were opened. */
    List<OwnedGroup> roots() {
        watched = true;
        return groups.members().stream()
                .filter(group -> !isInsideTask(group))
                .sorted(Comparator.comparingLong(OwnedGroup::id))
                .toList();
    }

    /** Returns the groups in which a task that had begun was asked to stop. */
    List<OwnedGroup> thatAskedTasks() {
        return groups.members().stream()
                .filter(group -> group.clock().watchesTasks())
                .toList();
    }

    private static boolean isInsideTask(OwnedGroup group) {
        ForkedTask<?> parent = group.parentTask();
        return parent != null && parent.ownedGroup().engine() == group.engine();
    }

    /**
     * Refuses new groups, and waits for the open ones; cancels what is left after the grace period or an interrupt, and
     * waits for that.
     *
     * @return whether nothing had to be cancelled
     */
    boolean shutdown(Duration grace) throws InterruptedException {
        closed = true;
        boolean ended = false;
        boolean interrupted = false;
        try {
            ended = awaitEnd(Deadline.nanos(grace));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (!ended) {
            cancelAll();
            interrupted |= awaitEndUninterruptibly();
        }
        if (interrupted) {
            throw new InterruptedException("interrupted while shutting down; the groups that were open have ended");
        }
        return ended;
    }

    /** Cancels the outermost groups first: those inside are cancelled with them, or by themselves. */
    private void cancelAll() {
        List<OwnedGroup> open = groups.members();
        open.stream().filter(group -> group.enclosing() == null).forEach(group -> group.cancel(SHUTDOWN));
        open.forEach(group -> group.cancel(SHUTDOWN));
    }

    /** Waits for every group but those that the calling thread is inside of; false if the time is over. */
    private synchronized boolean awaitEnd(long nanos) throws InterruptedException {
        Set<OwnedGroup> own = enclosingCaller();
        long until = System.nanoTime() + nanos;
        while (!own.containsAll(groups.members())) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return own.isEmpty() || groups.size() == 0;
    }

    private boolean awaitEndUninterruptibly() {
        boolean interrupted = false;
        while (true) {
            try {
                awaitEnd(Long.MAX_VALUE / 2);
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private static Set<OwnedGroup> enclosingCaller() {
        Set<OwnedGroup> own = new HashSet<>();
        for (CancelScope scope = CurrentScope.get(); scope != null; scope = scope.enclosing()) {
            own.add(scope.ownedGroup());
        }
        return own;
    }
}
