package io.taskgroup;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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

    private final Map<Long, OwnedGroup> groups = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Throws if the factory is closed. */
    void check(OwnedGroup group) {
        if (closed) {
            throw new IllegalStateException("The task group factory is closed; " + group + " was not opened");
        }
    }

    /** Adds a group that was opened; it is cancelled at once if the factory was closed in the meantime. */
    void add(OwnedGroup group) {
        groups.put(group.id(), group);
        if (closed) { // after the put: either this sees it, or whoever closed sees the group
            group.cancel(SHUTDOWN);
        }
    }

    void remove(OwnedGroup group) {
        groups.remove(group.id());
        if (closed) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    @Nullable
    OwnedGroup find(long id) {
        return groups.get(id);
    }

    /** Returns the groups that are not inside a task of this factory, in the order they were opened. */
    List<OwnedGroup> roots() {
        return groups.values().stream()
                .filter(group -> !isInsideTask(group))
                .sorted(Comparator.comparingLong(OwnedGroup::id))
                .toList();
    }

    private boolean isInsideTask(OwnedGroup group) {
        ForkedTask<?> parent = group.parentTask();
        return parent != null && groups.containsKey(parent.ownedGroup().id());
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
        List<OwnedGroup> open = List.copyOf(groups.values());
        open.stream().filter(group -> group.enclosing() == null).forEach(group -> group.cancel(SHUTDOWN));
        open.forEach(group -> group.cancel(SHUTDOWN));
    }

    /** Waits for every group but those that the calling thread is inside of; false if the time is over. */
    private synchronized boolean awaitEnd(long nanos) throws InterruptedException {
        Set<Long> own = enclosingCaller();
        long until = System.nanoTime() + nanos;
        while (!own.containsAll(groups.keySet())) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return own.isEmpty() || groups.isEmpty();
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

    private static Set<Long> enclosingCaller() {
        Set<Long> own = new HashSet<>();
        for (CancelScope scope = CancelScope.current(); scope != null; scope = scope.enclosing()) {
            own.add(scope.ownedGroup().id());
        }
        return own;
    }
}
