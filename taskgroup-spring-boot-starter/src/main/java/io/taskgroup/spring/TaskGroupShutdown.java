package io.taskgroup.spring;

import io.taskgroup.GroupSnapshot;
import io.taskgroup.TaskGroupFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Shuts every {@link TaskGroupFactory} of the application down when it is closed, those that it defines itself included:
 * no group is opened any more, and the open ones get a grace period, after which they are named and cancelled.
 *
 * <p>A context that is only stopped keeps its groups, for it may be started again: they end with their callers, which
 * have a lifecycle of their own.
 */
final class TaskGroupShutdown implements SmartLifecycle {
    /** After Spring Boot's web server has drained ({@code - 1024}), and before it stops ({@code - 2048}). */
    static final int PHASE = Integer.MAX_VALUE - 1536;

    private static final Duration UNTIL_CLOSED = Duration.ofDays(36_500);
    private static final int NAMED_AT_MOST = 20;

    private static final Log log = LogFactory.getLog(TaskGroupShutdown.class);

    private final ConfigurableApplicationContext application;
    private final GracePeriod grace;
    private volatile boolean running;

    TaskGroupShutdown(ConfigurableApplicationContext application, GracePeriod grace) {
        this.application = application;
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
            shutdown(factories());
            running = false;
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

    /** A factory that nobody has asked for is not created only to be shut down. */
    private List<TaskGroupFactory> factories() {
        ConfigurableListableBeanFactory beans = application.getBeanFactory();
        return Arrays.stream(beans.getBeanNamesForType(TaskGroupFactory.class, false, false))
                .filter(beans::containsSingleton)
                .map(name -> beans.getBean(name, TaskGroupFactory.class))
                .toList();
    }

    private void shutdown(List<TaskGroupFactory> factories) {
        CountDownLatch busy = new CountDownLatch(factories.size());
        factories.forEach(factory -> startToWait(factory, busy));
        boolean interrupted = false;
        try {
            if (busy.await(TimeUnit.NANOSECONDS.convert(grace.duration()), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            interrupted = true; // whoever closes the application does not want to wait
        }
        logWhatIsLeft(factories);
        factories.forEach(TaskGroupFactory::close);
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

    private void logWhatIsLeft(List<TaskGroupFactory> factories) {
        List<String> groups = factories.stream()
                .flatMap(factory -> factory.snapshot().stream())
                .map(TaskGroupShutdown::name)
                .toList();
        if (!groups.isEmpty()) {
            log.warn("The application is closed, and task groups are still open after a grace period of "
                    + grace.duration().toMillis() + " ms; they are cancelled: " + list(groups));
        }
    }

    private static String name(GroupSnapshot group) {
        List<String> tasks = group.tasks().stream()
                .map(task -> task.name() + " #" + task.id())
                .toList();
        return group.name() + " #" + group.id() + (tasks.isEmpty() ? " (no task)" : " (tasks " + list(tasks) + ")");
    }

    private static String list(List<String> names) {
        String first = names.stream().limit(NAMED_AT_MOST).collect(Collectors.joining(", "));
        int more = names.size() - NAMED_AT_MOST;
        return more > 0 ? first + " and " + more + " more" : first;
    }
}
