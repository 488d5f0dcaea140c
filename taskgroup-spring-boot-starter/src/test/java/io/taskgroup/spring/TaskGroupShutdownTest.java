package io.taskgroup.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.taskgroup.CancelReason;
import io.taskgroup.TaskGroupCancelledException;
import io.taskgroup.TaskGroupFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class TaskGroupShutdownTest {
    private static final String LEFT = "task groups are still open after a grace period of";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(LifecycleAutoConfiguration.class, TaskGroupAutoConfiguration.class));
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void release() {
        never.countDown();
        callers.shutdownNow();
    }

    @Test
    void after_the_grace_period_what_is_left_is_cancelled_and_named_in_one_line(CapturedOutput output) {
        runner.withPropertyValues("taskgroup.shutdown.grace-period=1ms").run(context -> {
            CompletableFuture<CancelReason> reason = new CompletableFuture<>();
            Future<?> page = hangingGroup(context.getBean(TaskGroupFactory.class), "page", reason);

            context.close();

            assertThat(page)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withCauseInstanceOf(TaskGroupCancelledException.class);
            assertThat(reason.join().kind()).isEqualTo(CancelReason.Kind.SHUTDOWN);
            assertThat(output.getOut().lines().filter(line -> line.contains(LEFT)))
                    .singleElement()
                    .asString()
                    .matches(".*" + LEFT + " 1 ms; they are cancelled: page #\\d+ \\(tasks slow #\\d+\\)");
        });
    }

    @Test
    void a_group_that_ends_within_the_grace_period_is_left_alone(CapturedOutput output) {
        runner.withPropertyValues("taskgroup.shutdown.grace-period=1m").run(context -> {
            Future<Boolean> page = groupThatEndsInTime(context.getBean(TaskGroupFactory.class));

            context.close();

            assertThat(page).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(false);
            assertThat(output).doesNotContain(LEFT);
        });
    }

    @Test
    void a_grace_period_longer_than_the_timeout_of_the_phase_is_honoured() {
        runner.withPropertyValues(
                        "taskgroup.shutdown.grace-period=1m", "spring.lifecycle.timeout-per-shutdown-phase=1ms")
                .run(context -> {
                    TaskGroupFactory groups = context.getBean(TaskGroupFactory.class);
                    CountDownLatch opened = new CountDownLatch(1);
                    Future<Boolean> page = callers.submit(() -> groups.call("page", group -> {
                        opened.countDown();
                        awaitRefusal(groups);
                        assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse(); // the phase is over
                        return group.isCancelled();
                    }));
                    opened.await();

                    context.close();

                    assertThat(page).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(false);
                });
    }

    @Test
    void by_default_the_grace_period_is_the_timeout_of_a_phase() {
        runner.run(context -> assertThat(grace(context)).isEqualTo(Duration.ofSeconds(30)));
        runner.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=7s")
                .run(context -> assertThat(grace(context)).isEqualTo(Duration.ofSeconds(7)));
        runner.withPropertyValues(
                        "spring.lifecycle.timeout-per-shutdown-phase=7s", "taskgroup.shutdown.grace-period=0s")
                .run(context -> assertThat(grace(context)).isZero());
    }

    @Test
    void a_negative_grace_period_fails_and_names_the_property() {
        runner.withPropertyValues("taskgroup.shutdown.grace-period=-1s").run(context -> {
            InvalidConfigurationPropertyValueException invalid =
                    (InvalidConfigurationPropertyValueException) Throwables.getRootCause(context.getStartupFailure());
            assertThat(invalid.getName()).isEqualTo("taskgroup.shutdown.grace-period");
            assertThat(invalid.getReason()).isEqualTo("It must not be negative. Zero cancels open groups at once.");
        });
    }

    @Test
    void the_phase_is_between_the_draining_and_the_stop_of_the_web_server() {
        runner.run(context ->
                assertThat(context.getBean(TaskGroupShutdown.class).getPhase()).isEqualTo(Integer.MAX_VALUE - 1536));
    }

    @Test
    void a_context_that_is_stopped_and_started_again_has_a_working_factory_and_is_shut_down_in_the_end() {
        runner.withPropertyValues("taskgroup.shutdown.grace-period=1ms").run(context -> {
            TaskGroupFactory groups = context.getBean(TaskGroupFactory.class);
            ConfigurableApplicationContext application = context.getSourceApplicationContext();

            application.stop();
            application.start();

            String value =
                    groups.call("page", group -> group.fork(() -> "works").await());
            assertThat(value).isEqualTo("works");
            CompletableFuture<CancelReason> reason = new CompletableFuture<>();
            hangingGroup(groups, "page", reason);
            context.close();
            assertThat(reason.join().kind()).isEqualTo(CancelReason.Kind.SHUTDOWN);
        });
    }

    @Test
    void a_context_that_is_stopped_and_then_closed_is_shut_down_with_grace() {
        runner.withPropertyValues("taskgroup.shutdown.grace-period=1m").run(context -> {
            Future<Boolean> page = groupThatEndsInTime(context.getBean(TaskGroupFactory.class));

            context.getSourceApplicationContext().stop();
            assertThat(context.getBean(TaskGroupShutdown.class).isRunning()).isFalse();
            context.close();

            assertThat(page).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(false);
        });
    }

    @Test
    void groups_inside_tasks_are_named_too(CapturedOutput output) {
        runner.withPropertyValues("taskgroup.shutdown.grace-period=1ms").run(context -> {
            TaskGroupFactory groups = context.getBean(TaskGroupFactory.class);
            CountDownLatch running = new CountDownLatch(1);
            callers.submit(() -> {
                groups.run(
                        "page",
                        page -> page.fork(
                                "offers",
                                () -> groups.run(
                                        "suppliers",
                                        suppliers -> suppliers.fork("slow", () -> {
                                            running.countDown();
                                            never.await();
                                        }))));
                return null;
            });
            running.await();

            context.close();

            assertThat(output.getOut().lines().filter(line -> line.contains(LEFT)))
                    .singleElement()
                    .asString()
                    .matches(".*: page #\\d+ \\(tasks offers #(\\d+)\\),"
                            + " suppliers #\\d+ in task offers #\\1 \\(tasks slow #\\d+\\)");
        });
    }

    @Test
    void a_group_of_a_decorated_factory_is_named_once(CapturedOutput output) {
        TaskGroupFactory raw = TaskGroupFactory.create();
        runner.withPropertyValues("taskgroup.shutdown.grace-period=1ms")
                .withBean("raw", TaskGroupFactory.class, () -> raw)
                .withBean(
                        "decorator",
                        TaskGroupFactory.class,
                        () -> mock(TaskGroupFactory.class, delegatesTo(raw)),
                        bean -> bean.setPrimary(true))
                .run(context -> {
                    hangingGroup(context.getBean(TaskGroupFactory.class), "page", new CompletableFuture<>());

                    context.close();

                    assertThat(output.getOut()).containsOnlyOnce("page #");
                });
    }

    @Test
    void every_factory_of_the_application_is_shut_down_in_the_same_grace_period(CapturedOutput output) {
        runner.withPropertyValues("taskgroup.shutdown.grace-period=1ms")
                .withBean("suppliers", TaskGroupFactory.class, TaskGroupFactory::create)
                .withBean("reports", TaskGroupFactory.class, TaskGroupFactory::create)
                .run(context -> {
                    CompletableFuture<CancelReason> suppliers = new CompletableFuture<>();
                    CompletableFuture<CancelReason> reports = new CompletableFuture<>();
                    hangingGroup(context.getBean("suppliers", TaskGroupFactory.class), "offers", suppliers);
                    hangingGroup(context.getBean("reports", TaskGroupFactory.class), "yearly", reports);

                    context.close();

                    assertThat(suppliers.join().kind()).isEqualTo(CancelReason.Kind.SHUTDOWN);
                    assertThat(reports.join().kind()).isEqualTo(CancelReason.Kind.SHUTDOWN);
                    assertThat(output.getOut().lines().filter(line -> line.contains(LEFT)))
                            .singleElement()
                            .asString()
                            .contains("offers #", "yearly #");
                });
    }

    @Test
    void a_mocked_factory_does_no_harm() throws Exception {
        TaskGroupFactory mocked = mock(TaskGroupFactory.class);

        runner.withBean("mocked", TaskGroupFactory.class, () -> mocked).run(context -> {});

        verify(mocked).shutdown(any());
    }

    @Test
    void a_lazy_factory_that_nobody_asked_for_is_not_created_for_its_shutdown() {
        CountDownLatch created = new CountDownLatch(1);

        runner.withBean(
                        "lazy",
                        TaskGroupFactory.class,
                        () -> {
                            created.countDown();
                            return TaskGroupFactory.create();
                        },
                        bean -> bean.setLazyInit(true))
                .run(context -> {});

        assertThat(created.getCount()).isOne();
    }

    @Test
    void an_interrupt_of_the_closing_thread_ends_the_grace_period_and_is_kept() {
        runner.withPropertyValues("taskgroup.shutdown.grace-period=10m").run(context -> {
            TaskGroupFactory groups = context.getBean(TaskGroupFactory.class);
            CompletableFuture<CancelReason> reason = new CompletableFuture<>();
            hangingGroup(groups, "page", reason);
            Thread closing = Thread.currentThread();
            callers.execute(() -> {
                awaitRefusal(groups);
                closing.interrupt();
            });

            context.close();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(reason.join().kind()).isEqualTo(CancelReason.Kind.SHUTDOWN);
        });
    }

    /** Opens a group on a thread of its own and returns when its task {@code slow} is running. */
    private Future<?> hangingGroup(TaskGroupFactory groups, String name, CompletableFuture<CancelReason> reason)
            throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        Future<?> caller = callers.submit(() -> groups.call(name, group -> {
            try {
                group.fork("slow", () -> {
                    running.countDown();
                    never.await();
                });
                group.join();
                return null;
            } finally {
                reason.complete(group.cancelReason().orElse(null));
            }
        }));
        running.await();
        return caller;
    }

    /** Opens a group on a thread of its own. It ends when the shutdown has begun, and tells whether it was cancelled. */
    private Future<Boolean> groupThatEndsInTime(TaskGroupFactory groups) throws InterruptedException {
        CountDownLatch opened = new CountDownLatch(1);
        Future<Boolean> caller = callers.submit(() -> groups.call("page", group -> {
            opened.countDown();
            awaitRefusal(groups);
            return group.isCancelled();
        }));
        opened.await();
        return caller;
    }

    /** Returns when the factory takes no new groups: its shutdown has begun. */
    private static void awaitRefusal(TaskGroupFactory groups) {
        await().until(() -> {
            try {
                groups.run("another", group -> {});
                return false;
            } catch (IllegalStateException closed) {
                return true;
            }
        });
    }

    private static Duration grace(ApplicationContext context) {
        return context.getBean(TaskGroupShutdown.class).grace().duration();
    }
}
