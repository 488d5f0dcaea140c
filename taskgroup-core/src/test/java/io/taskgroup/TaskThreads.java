package io.taskgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Where tasks run: the kinds of the contract, and a limit on one of them. */
enum TaskThreads {
    PLATFORM_THREADS,
    THREAD_FACTORY,
    BOUNDED_POOL,
    ONE_THREAD,
    DIRECT,
    REUSED_THREADS,
    LIMITED,
    VIRTUAL_THREADS;

    /** Returns those that this JDK has. */
    static List<TaskThreads> kinds() {
        List<TaskThreads> kinds = new ArrayList<>(List.of(values()));
        if (!VirtualThreads.AVAILABLE) {
            kinds.remove(VIRTUAL_THREADS);
        }
        return kinds;
    }

    /** Returns a pool for {@link #builder}, which most kinds leave idle; the queue of the bounded one is soon full. */
    ExecutorService pool() {
        return this == BOUNDED_POOL
                ? new ThreadPoolExecutor(2, 2, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(3))
                : Executors.newSingleThreadExecutor();
    }

    TaskGroupFactory.Builder builder(ExecutorService pool) {
        TaskGroupFactory.Builder builder = TaskGroupFactory.builder();
        return switch (this) {
            case PLATFORM_THREADS -> builder.platformThreads();
            case THREAD_FACTORY -> builder.threadFactory(Thread::new);
            case BOUNDED_POOL, ONE_THREAD -> builder.executor(pool);
            case DIRECT -> builder.executor(Runnable::run);
            case REUSED_THREADS -> builder.reuseThreads();
            case LIMITED ->
                builder.platformThreads().defaults(TaskGroupOptions.named("any").withMaxConcurrency(1));
            case VIRTUAL_THREADS -> builder.virtualThreads();
        };
    }
}
