package io.taskgroup;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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

    /** Dispatches a task that was just forked, or keeps it; throws if the executor refuses it. */
    void dispatch(ForkedTask<?> task) {
        if (!isLimited()) {
            task.hasPlace = true;
        } else if (!takePlace(task)) {
            return;
        }
        try {
            executor.execute(task);
        } catch (Throwable rejection) {
            takeBack(task, rejection);
        }
    }

    /** Throws what the executor's refusal means for the caller of fork, unless the task was begun all the same. */
    private static void takeBack(ForkedTask<?> task, Throwable rejection) {
        if (!task.withdraw(CancelReason.ofTask(
                CancelReason.Kind.REQUESTED, task.name(), task + " was rejected by its executor"))) {
            return;
        }
        OwnedGroup group = task.ownedGroup();
        group.settlement().expelled(task);
        if (rejection instanceof Error error) {
            throw error;
        }
        CancelReason why = group.ledger().reason();
        if (why != null) {
            throw new TaskGroupCancelledException(
                    group + " was cancelled (" + why + ") and " + task + " was rejected", why);
        }
        throw rejected(task, "", rejection);
    }

    private static RejectedExecutionException rejected(ForkedTask<?> task, String when, Throwable rejection) {
        return new RejectedExecutionException(
                task + " was rejected by its executor" + when + " (" + Texts.of(rejection)
                        + "); give the executor more threads or a longer queue, or fork less at once",
                rejection);
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
            task.failUnbegun(rejected(task, " when its place came", rejection));
        }
        Follower.wake(task.followers()); // one of them may have to run it
        task.ownedGroup().owner().unparkIfWaiting();
    }
}
