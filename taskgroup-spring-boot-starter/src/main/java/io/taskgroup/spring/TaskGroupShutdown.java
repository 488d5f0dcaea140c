package io.taskgroup.spring;

import io.taskgroup.TaskGroupFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Shuts every {@link TaskGroupFactory} of the application down when it is closed, those that it defines itself included:
 * no group is opened any more, and the open ones get a grace period, after which they are named and cancelled.
 *
 * <p>A context that is only stopped keeps its factories and groups, for it may be started again: groups end with their
 * callers, which have a lifecycle of their own.
 */
final class TaskGroupShutdown implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {
    /** After Spring Boot's web server has drained ({@code - 1024}), and before it stops ({@code - 2048}). */
    static final int PHASE = Integer.MAX_VALUE - 1536;

    private static final Duration UNTIL_CLOSED = Duration.ofDays(36_500);

    private static final Log log = LogFactory.getLog(TaskGroupShutdown.class);

    private final ConfigurableApplicationContext application;
    private final ApplicationFactories factories;
    private final GracePeriod grace;
    private volatile boolean running;

    TaskGroupShutdown(ConfigurableApplicationContext application, ApplicationFactories factories, GracePeriod grace) {
        this.application = application;
        this.factories = factories;
        this.grace = grace;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Waits here and not in {@link #stop(Runnable)}: so the timeout of the phase does not cut a longer wait short. */
    @Override
    public void stop() {
        if (application.isClosed()) {
            shutdown(factories.own());
        }
        running = false;
    }

    /** A context that was stopped before is not stopped again when it is closed. */
    @Override
    public void onApplicationEvent(ContextClosedEvent closed) {
        if (closed.getApplicationContext() == application && !running) {
            shutdown(factories.own());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    GracePeriod grace() {
        return grace;
    }

    private void shutdown(List<TaskGroupFactory> all) {
        CountDownLatch busy = new CountDownLatch(all.size());
        all.forEach(factory -> startToWait(factory, busy));
        boolean interrupted = false;
        try {
            if (busy.await(TimeUnit.NANOSECONDS.convert(grace.duration()), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            interrupted = true; // whoever closes the application does not want to wait
        }
        logWhatIsLeft(all);
        all.forEach(TaskGroupFactory::close);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Each factory has its own thread to wait on, so that all of them refuse new groups from the beginning, and so that
     * what is left can be named before it is cancelled.
     */
    private static void startToWait(TaskGroupFactory factory, CountDownLatch busy) {
        Thread thread = new Thread(
                () -> {
                    try {
                        factory.shutdown(UNTIL_CLOSED);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        busy.countDown();
                    }
                },
                "taskgroup-shutdown");
        thread.setDaemon(true);
        thread.start();
    }

    private void logWhatIsLeft(List<TaskGroupFactory> all) {
        OpenGroupNames left = OpenGroupNames.of(all);
        if (!left.isEmpty()) {
            log.warn("The application is closed, and task groups are still open after a grace period of "
                    + grace.duration().toMillis() + " ms; they are cancelled: " + left);
        }
    }
}
