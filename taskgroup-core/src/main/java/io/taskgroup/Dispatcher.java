package io.taskgroup;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tasks of one group a thread: hands them to the executor, as many at once as the group's limit allows. The
 * others wait here, in fork order, for a place.
 */
final class Dispatcher {
    private final Executor executor;
    private final int limit;
    private final Turn<ForkedTask<?>> dispatching = new Turn<>();
    private final Queue<ForkedTask<?>> waiting = new ArrayDeque<>();
    private int placesTaken;

    Dispatcher(Executor executor, int limit) {
        this.executor = executor;
        this.limit = limit;
    }

    /** Dispatches a task that was just forked, or keeps it; throws what the executor throws. */
    void dispatch(ForkedTask<?> task) {
        if (!isLimited()) {
            task.hasPlace = true;
            executor.execute(task);
        } else if (takePlace(task)) {
            executor.execute(task);
        }
    }

    boolean isLimited() {
        return limit < Integer.MAX_VALUE;
    }

    private synchronized boolean takePlace(ForkedTask<?> task) {
        if (placesTaken < limit) {
            placesTaken++;
            task.hasPlace = true;
            return true;
        }
        waiting.add(task);
        return false;
    }

    /** A task has ended, or never began: what waits for its place gets it. */
    void leave(ForkedTask<?> task) {
        ForkedTask<?> heir = isLimited() ? passPlace(task) : null;
        if (heir != null) {
            // one after the other: a direct executor runs the heir here, and its heir, and so on
            for (ForkedTask<?> next = dispatching.take(heir); next != null; next = dispatching.next()) {
                dispatchLate(next);
            }
        }
    }

    private synchronized @Nullable ForkedTask<?> passPlace(ForkedTask<?> task) {
        if (!task.hasPlace) {
            waiting.remove(task);
            return null;
        }
        task.hasPlace = false;
        ForkedTask<?> heir = waiting.poll();
        if (heir == null) {
            placesTaken--;
        } else {
            heir.hasPlace = true;
        }
        return heir;
    }

    /** Nobody is left to throw a rejection to: it fails the task. */
    private void dispatchLate(ForkedTask<?> task) {
        try {
            executor.execute(task);
        } catch (Throwable rejection) {
            task.failUnbegun(rejection);
        }
        task.ownedGroup().ledger().waiters(task).forEach(LockSupport::unpark); // one of them may have to run it
        task.ownedGroup().owner().unparkIfWaiting();
    }
}
