package io.taskgroup.spring.observation;

import static io.taskgroup.spring.InTask.inTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.Observation.ContextView;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.taskgroup.JoinPolicy;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.spring.TaskGroupAutoConfiguration;
import io.taskgroup.spring.context.TaskGroupContextAutoConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** With and without the carrier that makes the caller's observation the current one in a task; on a pool of one thread. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class TaskObservationsTest {
    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final CountDownLatch never = new CountDownLatch(1);
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    TaskGroupAutoConfiguration.class,
                    TaskGroupContextAutoConfiguration.class,
                    TaskGroupObservationAutoConfiguration.class))
            .withBean(TestObservationRegistry.class, () -> registry)
            .withBean("pool", ExecutorService.class, () -> pool)
            .withPropertyValues(
                    "taskgroup.observations.tasks=true",
                    "taskgroup.executor.type=bean",
                    "taskgroup.executor.bean-name=pool");

    @AfterEach
    void nothing_is_left_on_any_thread_and_nothing_went_wrong_unseen(CapturedOutput output) {
        pool.shutdownNow();
        assertThat(registry.getCurrentObservationScope()).isNull();
        assertThat(output).doesNotContain("threw when a task group was observed", "doesn't match");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_task_is_observed_inside_of_the_observation_in_which_it_was_forked(boolean propagation) {
        run(propagation, groups -> {
            groups.run("page", group -> {
                group.fork("product", () -> {});
                Observation.createNotStarted("step", registry)
                        .contextualName("step")
                        .observe(() -> group.fork("reviews", () -> {}));
            });

            assertThat(observations())
                    .containsExactlyInAnyOrder(
                            "group page {exception=none, group=page, outcome=success}",
                            "task product {exception=none, group=page, outcome=success} in group page",
                            "step {} in group page",
                            "task reviews {exception=none, group=page, outcome=success} in step");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_task_forked_by_a_task_and_a_group_opened_in_one_are_inside_of_it(boolean propagation) {
        run(propagation, groups -> {
            groups.run(
                    "page",
                    group -> group.fork("product", () -> {
                        group.fork("price", () -> {});
                        groups.run("offers", offers -> offers.fork("offer", () -> {}));
                    }));

            assertThat(observations())
                    .contains(
                            "task price {exception=none, group=page, outcome=success} in task product",
                            "group offers {exception=none, group=offers, outcome=success} in task product",
                            "task offer {exception=none, group=offers, outcome=success} in group offers");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_task_forked_where_nothing_is_observed_has_no_parent_whoever_runs_it(boolean propagation) {
        run(propagation, groups -> {
            CountDownLatch busy = new CountDownLatch(1);
            pool.submit(() -> {
                busy.await();
                return null;
            });
            groups.run("page", group -> {
                Thread unobserved = new Thread(() -> group.fork("product", () -> {}));
                unobserved.start();
                unobserved.join();
            }); // the owner runs it, for the pool is busy
            busy.countDown();

            assertThat(observations()).contains("task product {exception=none, group=page, outcome=success}");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_observation_is_the_current_one_in_the_task_and_gone_from_the_pooled_thread_after_it(boolean propagation) {
        run(propagation, groups -> {
            groups.run("page", group -> {
                CountDownLatch ended = new CountDownLatch(1);
                Task<ContextView> product = group.fork(
                        "product", () -> registry.getCurrentObservation().getContextView());
                product.onCompletion(task -> ended.countDown());
                ended.await();
                assertThat(product.result())
                        .isInstanceOfSatisfying(
                                TaskObservationContext.class,
                                context -> assertThat(context.task()).isSameAs(product));
            });

            Future<?> left = pool.submit(registry::getCurrentObservationScope);
            assertThat(left.get()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_task_that_leaves_a_scope_open_leaves_nothing_on_the_pooled_thread(boolean propagation) {
        run(propagation, groups -> {
            inTask(groups, () -> Observation.start("forgotten", registry).openScope());

            assertThat(pool.submit(registry::getCurrentObservationScope).get()).isNull();
        });
    }

    @Test
    void a_failed_task_has_its_exception() {
        run(true, groups -> {
            assertThatExceptionOfType(TaskGroupException.class)
                    .isThrownBy(() -> groups.run(
                            "page",
                            group -> group.fork("product", () -> {
                                throw new IOException("no product");
                            })));

            assertThat(observations())
                    .containsExactlyInAnyOrder(
                            "group page {exception=IOException, group=page, outcome=failure}",
                            "task product {exception=IOException, group=page, outcome=failure} in group page");
        });
    }

    @Test
    void a_cancelled_task_has_none_and_one_that_never_ran_is_not_observed() {
        run(true, groups -> {
            groups.run(TaskGroupOptions.named("page").withMaxConcurrency(1), group -> {
                CountDownLatch running = new CountDownLatch(1);
                group.fork("product", () -> {
                    running.countDown();
                    never.await();
                });
                group.fork("reviews", () -> {});
                running.await();
                group.cancel();
            });

            assertThat(observations())
                    .containsExactlyInAnyOrder(
                            "group page {exception=none, group=page, outcome=cancelled}",
                            "task product {exception=none, group=page, outcome=cancelled} in group page");
        });
    }

    @Test
    void a_task_that_cancels_one_that_has_not_started_goes_on_being_observed() {
        run(true, groups -> {
            groups.run(
                    TaskGroupOptions.named("page").withMaxConcurrency(1).withPolicy(JoinPolicy.noFailures()), group -> {
                        CountDownLatch forked = new CountDownLatch(1);
                        Task<?>[] second = new Task<?>[1];
                        group.fork("first", () -> {
                            forked.await();
                            second[0].cancel();
                            Observation.createNotStarted("after", registry)
                                    .contextualName("after")
                                    .observe(() -> {});
                        });
                        second[0] = group.fork("second", () -> {});
                        forked.countDown();
                    });

            assertThat(observations())
                    .contains(
                            "task first {exception=none, group=page, outcome=success} in group page",
                            "after {} in task first");
        });
    }

    private List<String> observations() {
        return ObservationLines.of(registry);
    }

    private void run(boolean propagation, ThrowingConsumer<TaskGroupFactory> test) {
        ContextRegistry.getInstance().registerThreadLocalAccessor(new ObservationThreadLocalAccessor(registry));
        try {
            runner.withPropertyValues("taskgroup.context-propagation.enabled=" + propagation)
                    .run(context -> test.accept(context.getBean(TaskGroupFactory.class)));
        } finally {
            ContextRegistry.getInstance().registerThreadLocalAccessor(new ObservationThreadLocalAccessor());
        }
    }
}
