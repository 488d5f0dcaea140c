package io.taskgroup;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Runs things at their time. One daemon thread of the JVM keeps the time and does nothing else: what is due runs on a
 * short-lived thread of its own, for it calls observers, which may block.
 */
final class Timers {
    private static final ThreadFactory DUE =
            VirtualThreads.AVAILABLE ? VirtualThreads.factory("taskgroup-due-") : task -> daemon(task, "taskgroup-due");
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private Timers() {}

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "taskgroup-clock"));
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(
                1, TimeUnit.MINUTES); // so that the classes of an application that is gone can be unloaded
        clock.allowCoreThreadTimeOut(true);
        return clock;
    }

    /** Inherits nothing of the thread that happens to start it. */
    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        return thread;
    }

    /** Runs {@code due} once, unless the returned future is cancelled before. */
    static Future<?> schedule(Runnable due, long delayNanos) {
        return CLOCK.schedule(() -> DUE.newThread(due).start(), delayNanos, TimeUnit.NANOSECONDS);
    }
}
