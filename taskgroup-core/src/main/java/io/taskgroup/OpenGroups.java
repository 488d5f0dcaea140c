package io.taskgroup;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open groups of a factory.
 *
 * <pre>
 * OPEN -> CLOSED   close: no more groups
 * </pre>
 */
final class OpenGroups {
    private final Set<OwnedGroup> groups = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Adds a group, or throws if the factory is closed. */
    void add(OwnedGroup group) {
        groups.add(group);
        if (closed) { // after the add: either this sees it, or whoever closed sees the group
            remove(group);
            throw new IllegalStateException(
                    "The task group factory is closed; group '" + group.name() + "' was not opened");
        }
    }

    void remove(OwnedGroup group) {
        groups.remove(group);
        if (closed) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Refuses new groups and cancels those that are open, the outermost first. */
    void close(CancelReason reason) {
        closed = true;
        List<OwnedGroup> open = List.copyOf(groups);
        open.stream().filter(group -> group.enclosing() == null).forEach(group -> group.cancel(reason));
        open.forEach(group -> group.cancel(reason));
    }

    /** Waits until every group has ended but those that the calling thread is inside of; leaves an interrupt set. */
    void awaitEnd() {
        Set<OwnedGroup> own = enclosingCaller();
        boolean interrupted = false;
        synchronized (this) {
            while (!own.containsAll(groups)) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            CancelScope.restoreInterrupt();
        }
    }

    private static Set<OwnedGroup> enclosingCaller() {
        Set<OwnedGroup> own = new HashSet<>();
        for (CancelScope scope = CancelScope.current(); scope != null; scope = scope.enclosing()) {
            own.add(scope.ownedGroup());
        }
        return own;
    }
}
