package io.taskgroup;

import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** Finds the tasks of one group a thread: hands them to the executor, as many at once as the group's limit allows. */
final class Dispatcher {
    private final Backlog<ForkedTask<?>> backlog;
    private final Executor executor;
    private final @Nullable Places places;
    private final boolean startsThreads;

    Dispatcher(Threads threads, OptionalInt limit, Ledger ledger) {
        this.backlog = ledger.backlog();
        this.executor = threads.areReused() ? new ReusedThreads(threads.executor(), backlog) : threads.executor();
        this.places = limit.isPresent() ? new Places(limit.getAsInt()) : null;
        this.startsThreads = threads.areNew() && places == null; // a late task is started by the one that makes room
    }

    /** The group has ended. */
    void end() {
        if (executor instanceof ReusedThreads reused) {
            reused.end();
        }
    }

    /** Dispatches a task that was just forked, or keeps it; throws if the executor refuses it. */
    void dispatch(ForkedTask<?> task) {
        boolean canBegin = places == null ? task.isNew() : places.take(task);
        if (!canBegin) {
            return;
        }
        backlog.added();
        try {
            executor.execute(task);
        } catch (Throwable rejection) {
            takeBack(task, rejection);
        }
        wakeHelpers(task);
    }

    /** One of those that wait may have to run the task. */
    private static void wakeHelpers(ForkedTask<?> task) {
        Follower.wake(task.followers());
        task.ownedGroup().owner().unparkIfWaiting();
    }

    /** A thread that waited has claimed a task: the executor need not keep its place, if it can let go of one. */
    void forget(ForkedTask<?> claimed) {
        if (executor instanceof ThreadPoolExecutor pool) {
            pool.remove(claimed);
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

    /** Whether every task gets a new thread, which inherits from the forking one. */
    boolean startsThreads() {
        return startsThreads;
    }

    boolean isLimited() {
        return places != null;
    }

    /** A task has ended, or never began: what waits for its place gets it. */
    void leave(ForkedTask<?> task) {
        if (places != null) {
            places.pass(task, this::dispatchLate);
        }
    }

    /** Nobody is left to throw a rejection to: it fails the task. */
    private void dispatchLate(ForkedTask<?> task) {
        backlog.added();
        try {
            executor.execute(task);
        } catch (Throwable rejection) {
            task.failUnbegun(rejected(task, " when its place came", rejection));
        }
        wakeHelpers(task);
    }
}
