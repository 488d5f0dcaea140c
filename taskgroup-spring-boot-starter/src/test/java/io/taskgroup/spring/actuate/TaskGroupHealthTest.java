package io.taskgroup.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskgroup.CancelMode;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupObserver;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.spring.TaskGroupAutoConfiguration;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.test.util.ReflectionTestUtils;

@Timeout(60)
class TaskGroupHealthTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1000); // as the JVM's, it may overflow
    private final StragglerHealth health = new StragglerHealth(nanoTime::get);
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private final TaskGroupFactory groups = TaskGroupFactory.builder()
            .observer(health)
            .observer(new TaskGroupObserver() {
                @Override
                public void taskStraggling(Task<?> task, Duration sinceCancel, Thread thread) {
                    reported.add(task.name()); // after the health, which comes first, knows of it
                }
            })
            .build();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch release = new CountDownLatch(1);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TaskGroupAutoConfiguration.class, TaskGroupHealthAutoConfiguration.class));
    private final ApplicationContextRunner enabled =
            runner.withPropertyValues("management.health.taskgroups.enabled=true");

    @AfterEach
    void release() {
        release.countDown();
        groups.close();
        callers.shutdownNow();
    }

    @Test
    void a_straggler_is_named_when_it_is_older_than_a_minute_until_it_ends() throws Exception {
        Future<?> caller = straggling("page", "supplier");
        assertThat(health.complaints()).isEmpty();

        nanoTime.addAndGet(StragglerHealth.PATIENCE.toNanos() + 1);
        assertThat(health.complaints())
                .singleElement()
                .asString()
                .matches("task 'supplier' #\\d+ of group 'page' #\\d+ was asked to stop 6\\d s ago and still runs");

        release.countDown();
        caller.get();
        assertThat(health.complaints()).isEmpty();
    }

    @Test
    void the_oldest_straggler_is_named_first() throws Exception {
        straggling("page", "first");
        nanoTime.addAndGet(Duration.ofMinutes(2).toNanos());
        straggling("page", "second");
        nanoTime.addAndGet(Duration.ofMinutes(2).toNanos());

        assertThat(health.complaints())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("task 'first'"),
                        second -> assertThat(second).startsWith("task 'second'"));
    }

    @Test
    void a_report_that_comes_when_the_task_has_ended_is_forgotten() throws Exception {
        groups.run("page", group -> {
            Task<?> ended = group.fork(() -> {});
            ended.await();
            health.taskStraggling(ended, Duration.ofHours(1), Thread.currentThread());
        });

        assertThat(health.complaints()).isEmpty();
    }

    @Test
    void off_by_default() {
        runner.run(context -> assertThat(context)
                .doesNotHaveBean(StragglerHealth.class)
                .doesNotHaveBean("taskgroupsHealthIndicator"));
    }

    @Test
    void switched_on_this_generation_of_spring_boot_has_its_indicator() {
        enabled.run(context -> assertThat(context)
                .hasSingleBean(
                        SpringBootVersion.getVersion().startsWith("3.")
                                ? SpringBoot3HealthIndicator.class
                                : SpringBoot4HealthIndicator.class)
                .hasBean("taskgroupsHealthIndicator"));
    }

    @Test
    void it_is_down_and_names_the_straggler_that_is_older_than_a_minute_and_up_when_that_has_ended() {
        enabled.run(context -> {
            Object indicator = context.getBean("taskgroupsHealthIndicator");
            StragglerHealth ofContext = context.getBean(StragglerHealth.class);

            context.getBean(TaskGroupFactory.class)
                    .run(
                            TaskGroupOptions.named("page").withCancelMode(CancelMode.COOPERATIVE),
                            group -> group.fork("supplier", () -> {
                                Task<?> straggler = Task.current().orElseThrow();
                                straggler.cancel();
                                ofContext.taskStraggling(straggler, Duration.ofMinutes(2), Thread.currentThread());
                                assertThat(shownBy(indicator)).startsWith("DOWN {stragglers=[task 'supplier' #");
                            }));

            assertThat(shownBy(indicator)).isEqualTo("UP {}");
        });
    }

    /** By reflection, for the type of the indicator depends on the generation of Spring Boot. */
    private static String shownBy(Object indicator) {
        Object health = ReflectionTestUtils.invokeMethod(indicator, "health");
        return String.valueOf(health);
    }

    @Test
    void without_the_actuator_there_is_no_indicator_and_the_factory_works() {
        enabled.withClassLoader(
                        new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.boot.health"))
                .run(context -> {
                    assertThat(context).doesNotHaveBean("taskgroupsHealthIndicator");
                    context.getBean(TaskGroupFactory.class).run("page", group -> group.fork(() -> {}));
                });
    }

    /** Opens a group and cancels it; its task goes on. Returns when that was reported. */
    private Future<?> straggling(String groupName, String taskName) throws InterruptedException {
        TaskGroupOptions options = TaskGroupOptions.named(groupName)
                .withCancelMode(CancelMode.COOPERATIVE)
                .withStragglerWarning(Duration.ofMillis(1));
        Future<?> caller = callers.submit(() -> {
            groups.run(options, group -> {
                CountDownLatch running = new CountDownLatch(1);
                group.fork(taskName, () -> {
                    running.countDown();
                    release.await();
                });
                running.await();
                group.cancel();
            });
            return null;
        });
        await().until(() -> reported.contains(taskName));
        return caller;
    }
}
