package io.taskgroup;

import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Finds tasks a thread: hands them to the executor, as many at once as the group's limit allows. Groups without a limit
 * share one if there are always threads enough.
 */
final class Dispatcher {
    private final Executor executor;
    private final @Nullable Backlog<ForkedTask<?>> backlog; // null if no thread looks for tasks that wait
    private final @Nullable Places places;
    private final boolean startsThreads;

    private Dispatcher(
            Executor executor,
            @Nullable Backlog<ForkedTask<?>> backlog,
            @Nullable Places places,
            boolean startsThreads) {
        this.executor = executor;
        this.backlog = backlog;
        this.places = places;
        this.startsThreads = startsThreads;
    }

    /** For any group without a limit, on threads of which there are plenty. */
    static Dispatcher shared(Threads threads) {
        return new Dispatcher(threads.executor(), null, null, threads.areNew());
    }

    /** For one group. */
    static Dispatcher of(Threads threads, OptionalInt limit, Backlog<ForkedTask<?>> backlog) {
        Executor executor = threads.areReused() ? new ReusedThreads(threads.executor(), backlog) : threads.executor();
        Places places = limit.isPresent() ? new Places(limit.getAsInt()) : null;
        boolean startsThreads = threads.areNew() && places == null; // a late task is started by the one that makes room
        return new Dispatcher(executor, backlog, places, startsThreads);
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
        added();
        try {
            executor.execute(task);
        } catch (Throwable rejection) {
            takeBack(task, rejection);
        }
        wakeHelpers(task);
    }

    private void added() {
        if (backlog != null) {
            backlog.added();
        }
    }

    /** One of those that wait may have to run the task, unless it has a thread of its own. */
    private void wakeHelpers(ForkedTask<?> task) {
        if (backlog != null) {
            Follower.wake(task.followers());
            task.ownedGroup().owner().unparkIfWaiting();
        }
    }

    /** Returns a task that a thread that waits for its group should run; null if there is none. */
    @Nullable
    ForkedTask<?> nextToHelp() {
        return backlog == null ? null : backlog.next();
    }

    /** A thread that waited has claimed a task, or it will never run: if the executor can, it gives up the task's place. */
    void forget(ForkedTask<?> task) {
        if (executor instanceof ThreadPoolExecutor pool) {
            pool.remove(task);
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
                task + " was rejected by its executor" + when + " (" + ThrowableText.of(rejection)
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
        added();
        try {
            executor.execute(task);
        } catch (Throwable rejection) {
            task.failUnbegun(rejected(task, " when its place came", rejection));
        }
        wakeHelpers(task);
    }
}
