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
 * @param kind what is known of the threads
 * @param executor gets every task, or with {@code areReused} code that runs tasks
 * @param areReused whether tasks of one group may follow each other on a thread
 * @param owned the pool that ends with the factory, if the factory made it
 */
record Threads(
        Kind kind,
        Executor executor,
        boolean areReused,
        @Nullable ExecutorService owned) {

    /** What the library knows of threads. */
    enum Kind {
        /** The application's executor: a task may have to wait for a thread, so a waiting owner runs tasks itself. */
        BORROWED,
        /** The application's factory: a thread a task, of which nobody knows what it inherits. */
        MADE_BY_APPLICATION,
        /** A new virtual thread a task, which inherits from the one that forks. */
        VIRTUAL,
        /** The library's pool, with a thread for whoever comes. */
        POOLED
    }

    private static final String PLATFORM_PREFIX = "taskgroup-";

    /** The executor is the application's: whether it has a thread left is not known. */
    static Threads borrowed(Executor executor) {
        return new Threads(Kind.BORROWED, executor, false, null);
    }

    /** What the application's threads inherit is not known. */
    static Threads onePerTask(ThreadFactory factory) {
        return new Threads(Kind.MADE_BY_APPLICATION, task -> start(factory, task), false, null);
    }

    /** These threads know the scope they are in from their handler: so a task costs them no thread-local. */
    static Threads virtual(@Nullable String namePrefix) {
        ThreadFactory factory = VirtualThreads.factory(namePrefix);
        ThreadFactory scoped = task -> {
            Thread thread = factory.newThread(task);
            thread.setUncaughtExceptionHandler(task instanceof CurrentScope.Holder holder ? holder : CurrentScope.NONE);
            return thread;
        };
        return new Threads(Kind.VIRTUAL, task -> start(scoped, task), false, null);
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
        return new Threads(Kind.POOLED, pool, false, pool);
    }

    static Threads preferred(@Nullable String namePrefix) {
        return VirtualThreads.AVAILABLE ? virtual(namePrefix) : pooled(namePrefix);
    }

    /** Whether tasks may wait for a thread. */
    boolean areScarce() {
        return kind == Kind.BORROWED;
    }

    /** Whether every task gets a thread of its own at once. */
    boolean arePlenty() {
        return !areScarce() && !areReused;
    }

    /** Whether every task gets a new thread, which inherits from the one that gives it. */
    boolean areNew() {
        return kind == Kind.VIRTUAL && !areReused;
    }

    /** The same threads, each for as many tasks of a group as come along. */
    Threads reused() {
        return new Threads(kind, executor, true, owned);
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
