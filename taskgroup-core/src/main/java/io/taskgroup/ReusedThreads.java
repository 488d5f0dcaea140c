package io.taskgroup;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs the tasks of one group one after the other on few threads: only a task that blocks costs a thread of its own.
 * While tasks are queued, one spare thread has been asked for, which goes on should the others block. A virtual spare
 * gets to run only when another blocks, or a processor is free.
 *
 * <pre>
 * spare: false -> true    whoever adds a task, or takes one and leaves others: asks for a thread
 * spare: true  -> false   that thread, before it looks at the queue: so no task is left without somebody to look
 * </pre>
 */
final class ReusedThreads implements Executor {
    private final Executor threads;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean spare = new AtomicBoolean();

    ReusedThreads(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        try {
            haveSpare();
        } catch (RuntimeException | Error rejection) {
            if (tasks.remove(task)) {
                throw rejection;
            }
        }
    }

    private void haveSpare() {
        if (spare.compareAndSet(false, true)) {
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
        boolean interrupted = false;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            if (!tasks.isEmpty()) {
                haveSpareIfPossible();
            }
            task.run();
            interrupted |= Thread.interrupted(); // that of one task is not the next one's
        }
        if (interrupted) {
            CancelScope.restoreInterrupt(); // it may be the pool's own, which is shutting down
        }
    }

    /** Without a spare the tasks behind wait for this thread. */
    private void haveSpareIfPossible() {
        try {
            haveSpare();
        } catch (RuntimeException | Error rejection) {
            Log.warn("No spare thread for tasks that are queued; they wait for one that is running", rejection);
        }
    }
}
