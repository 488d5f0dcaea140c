package io.taskgroup;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one group one after the other on few threads: only a task that blocks costs a thread of its own.
 * While tasks are left, one spare thread has been asked for, which goes on should the others block. A virtual spare gets
 * to run only when another blocks, or a processor is free.
 *
 * <pre>
 * spare: false -> true    whoever adds a task, or begins one and leaves others: asks for a thread
 * spare: true  -> false   that thread, before it looks for tasks: so no task is left without somebody to look
 * </pre>
 */
final class ReusedThreads implements Executor {
    private final Executor threads;
    private final AtomicBoolean spare = new AtomicBoolean();
    private volatile @Nullable Backlog<? extends Runnable> backlog;

    ReusedThreads(Executor threads, Backlog<? extends Runnable> backlog) {
        this.threads = threads;
        this.backlog = backlog;
    }

    /** Finds a thread for a task, which is in the backlog already. */
    @Override
    public void execute(Runnable task) {
        haveSpare();
    }

    private void haveSpare() {
        if (!spare.get() && spare.compareAndSet(false, true)) {
            try {
                threads.execute(this::runTasks);
            } catch (RuntimeException | Error rejection) {
                spare.set(false);
                throw rejection;
            }
        }
    }

    private void runTasks() {
        spare.set(false);
        Backlog<? extends Runnable> tasks = backlog;
        if (tasks != null && runAll(tasks)) {
            CancelScope.restoreInterrupt(); // it may be the pool's own, which is shutting down
        }
    }

    /** Returns whether a task has left an interrupt. */
    private <T extends Runnable & Roster.Member> boolean runAll(Backlog<T> tasks) {
        boolean interrupted = false;
        for (T task = tasks.next(); task != null; task = tasks.next()) {
            if (!spare.get() && tasks.hasOther(task)) {
                haveSpareIfPossible();
            }
            task.run();
            interrupted |= Thread.interrupted(); // that of one task is not the next one's
        }
        return interrupted;
    }

    /** Without a spare the tasks behind wait for this thread. */
    private void haveSpareIfPossible() {
        try {
            haveSpare();
        } catch (RuntimeException | Error rejection) {
            Log.warn("No spare thread for tasks that are left; they wait for one that is running", rejection);
        }
    }

    /** The group has ended: a spare that comes late finds nothing, and holds nothing. */
    void end() {
        backlog = null;
    }
}
