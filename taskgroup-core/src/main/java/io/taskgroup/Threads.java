package io.taskgroup;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where tasks run.
 *
 * @param executor gets every task, or with {@code areReused} code that runs tasks
 * @param areScarce whether tasks may wait for a thread: then a waiting owner runs tasks itself
 * @param areReused whether tasks of one group may follow each other on a thread
 * @param areNew whether each task is given a new thread, which inherits from the one that gives it
 * @param owned the pool that ends with the factory, if the factory made it
 */
record Threads(
        Executor executor,
        boolean areScarce,
        boolean areReused,
        boolean areNew,
        @Nullable ExecutorService owned) {
    private static final String PLATFORM_PREFIX = "taskgroup-";

    /** The executor is the application's: whether it has a thread left is not known. */
    static Threads borrowed(Executor executor) {
        return new Threads(executor, true, false, false, null);
    }

    /** What the application's threads inherit is not known. */
    static Threads onePerTask(ThreadFactory factory) {
        return new Threads(task -> start(factory, task), false, false, false, null);
    }

    /** These threads know the scope they are in from their handler: so a task costs them no thread-local. */
    static Threads virtual(@Nullable String namePrefix) {
        ThreadFactory factory = VirtualThreads.factory(namePrefix);
        ThreadFactory scoped = task -> {
            Thread thread = factory.newThread(task);
            thread.setUncaughtExceptionHandler(task instanceof CurrentScope.Holder holder ? holder : CurrentScope.NONE);
            return thread;
        };
        return new Threads(task -> start(scoped, task), false, false, true, null);
    }

    /** A cached pool of daemon threads: as many as there are tasks, kept for a minute. */
    static Threads pooled(@Nullable String namePrefix) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        AtomicLong number = new AtomicLong();
        ExecutorService pool =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), task -> {
                    String name = Objects.requireNonNullElse(namePrefix, PLATFORM_PREFIX) + number.incrementAndGet();
                    Thread thread = new Thread(null, task, name, 0, false); // inherits nothing of the forking thread
                    thread.setDaemon(true);
                    thread.setContextClassLoader(loader);
                    return thread;
                });
        return new Threads(pool, false, false, false, pool);
    }

    static Threads preferred(@Nullable String namePrefix) {
        return VirtualThreads.AVAILABLE ? virtual(namePrefix) : pooled(namePrefix);
    }

    /** The same threads, each for as many tasks of a group as come along. */
    Threads reused() {
        return new Threads(executor, areScarce, true, false, owned);
    }

    private static void start(ThreadFactory factory, Runnable task) {
        Thread thread = factory.newThread(task);
        if (thread == null) {
            throw new RejectedExecutionException("the thread factory " + factory + " returned null");
        }
        thread.start();
    }

    void shutdown() {
        if (owned != null) {
            owned.shutdown();
        }
    }
}
