package io.taskgroup.spring.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.taskgroup.JoinPolicy;
import io.taskgroup.OpenTaskGroup;
import io.taskgroup.Task;
import io.taskgroup.TaskFailedException;
import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupObserver;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.TaskGroupTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class GroupObservationsTest {
    private static final String COMPLAINT = "threw when a task group was observed";

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final TaskGroupFactory groups = groups(null);
    private final CountDownLatch never = new CountDownLatch(1);

    private TaskGroupFactory groups(TaskGroupObservationConvention convention) {
        return TaskGroupFactory.builder()
                .observer(new GroupObservations(registry, convention))
                .build();
    }

    @AfterEach
    void nothing_is_left_on_the_callers_thread() {
        groups.close();
        assertThat(registry.getCurrentObservationScope()).isNull();
    }

    @AfterEach
    void nothing_went_wrong_unseen(CapturedOutput output) {
        if (output.getOut().contains(COMPLAINT)) {
            assertThat(output).contains("broken handler"); // of the tests that have one
        }
    }

    @Test
    void a_group_that_succeeds() throws Exception {
        groups.run("page", group -> group.fork(() -> {}));

        assertThat(observations()).containsExactly("group page {exception=none, group=page, outcome=success}");
    }

    /** The first one's callback holds back what is told of its end until the second one's was told. */
    @Test
    void a_group_that_fails_has_the_exception_of_the_first_task_that_failed() {
        CountDownLatch secondIsTold = new CountDownLatch(1);
        CountDownLatch secondRuns = new CountDownLatch(1);
        try (TaskGroupFactory watched = TaskGroupFactory.builder()
                .observer(new GroupObservations(registry, null))
                .observer(new TaskGroupObserver() {
                    @Override
                    public void taskFailed(Task<?> task, Throwable exception) {
                        if (exception.getMessage().equals("second")) {
                            secondIsTold.countDown();
                        }
                    }
                })
                .build()) {
            assertThatExceptionOfType(TaskGroupException.class)
                    .isThrownBy(() -> watched.run("page", group -> {
                        group.fork(() -> {
                            secondRuns.countDown();
                            try {
                                never.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException("second");
                            }
                        });
                        Task<Void> first = group.fork(() -> {
                            secondRuns.await();
                            throw new IOException("first");
                        });
                        first.onCompletion(ended -> assertThatNoException().isThrownBy(secondIsTold::await));
                    }));
        }

        assertThat(observations()).containsExactly("group page {exception=IOException, group=page, outcome=failure}");
        assertThat(registry)
                .hasSingleObservationThat()
                .hasBeenStopped()
                .assertThatError()
                .isInstanceOf(IOException.class)
                .hasMessage("first");
    }

    @Test
    void a_group_whose_body_fails() {
        assertThatIOException()
                .isThrownBy(() -> groups.run("page", group -> {
                    throw new IOException("body");
                }));

        assertThat(observations()).containsExactly("group page {exception=IOException, group=page, outcome=failure}");
        assertThat(registry)
                .hasSingleObservationThat()
                .assertThatError()
                .isInstanceOf(IOException.class)
                .hasMessage("body");
    }

    @Test
    void a_group_whose_body_fails_after_a_task_has_the_exception_of_the_task() {
        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> groups.run("page", group -> {
                    Task<Void> failing = group.fork(() -> {
                        throw new IOException("task");
                    });
                    assertThatExceptionOfType(TaskFailedException.class).isThrownBy(failing::await);
                    throw new IllegalStateException("body");
                }));

        assertThat(observations()).containsExactly("group page {exception=IOException, group=page, outcome=failure}");
    }

    @Test
    void an_exception_of_an_anonymous_class_is_named_by_its_superclass() {
        assertThatIOException()
                .isThrownBy(() -> groups.run("page", group -> {
                    throw new IOException("body") {};
                }));

        assertThat(observations()).containsExactly("group page {exception=IOException, group=page, outcome=failure}");
    }

    @Test
    void a_group_that_succeeds_though_a_task_failed_has_no_exception() throws Exception {
        groups.run(
                TaskGroupOptions.named("page").withPolicy(JoinPolicy.awaitAll()),
                group -> group.fork(() -> {
                    throw new IOException("let go");
                }));

        assertThat(observations()).containsExactly("group page {exception=none, group=page, outcome=success}");
        assertThat(registry).hasSingleObservationThat().doesNotHaveError();
    }

    @Test
    void a_group_that_times_out() {
        assertThatExceptionOfType(TaskGroupTimeoutException.class)
                .isThrownBy(() -> groups.run(
                        TaskGroupOptions.named("page").withTimeout(Duration.ofMillis(1)),
                        group -> group.fork(() -> never.await())));

        assertThat(observations()).containsExactly("group page {exception=none, group=page, outcome=timeout}");
    }

    @Test
    void a_group_that_is_cancelled() throws Exception {
        groups.run("page", group -> group.cancel());

        assertThat(observations()).containsExactly("group page {exception=none, group=page, outcome=cancelled}");
    }

    @Test
    void a_group_that_is_refused_on_an_interrupted_thread_is_not_observed() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> groups.run("page", group -> {}));

        assertThat(observations()).isEmpty();
    }

    @Test
    void the_observation_is_the_current_one_in_the_body_and_inside_of_the_callers() throws Exception {
        Observation request = Observation.createNotStarted("request", registry).contextualName("request");

        request.observeChecked(() -> {
            groups.run("page", group -> {
                assertThat(current()).isEqualTo("group page");
                groups.run("offers", offers -> assertThat(current()).isEqualTo("group offers"));
                assertThat(current()).isEqualTo("group page");
            });
            assertThat(registry.getCurrentObservation()).isSameAs(request);
        });

        assertThat(observations())
                .containsExactly(
                        "request {}",
                        "group page {exception=none, group=page, outcome=success} in request",
                        "group offers {exception=none, group=offers, outcome=success} in group page");
    }

    @Test
    void the_observation_is_the_current_one_until_close_in_the_form_with_try() throws Exception {
        try (OpenTaskGroup group = groups.open("page")) {
            group.join();
            assertThat(current()).isEqualTo("group page");
        }

        assertThat(registry.getCurrentObservation()).isNull();
    }

    @Test
    void the_thread_gets_its_scope_back_also_if_the_body_leaves_groups_and_scopes_open() throws Exception {
        Observation request = Observation.start("request", registry);
        try (Observation.Scope scope = request.openScope()) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> groups.run("page", group -> {
                        groups.open("left open");
                        Observation.start("forgotten", registry).openScope();
                    }));

            assertThat(registry.getCurrentObservationScope()).isSameAs(scope);
        }
    }

    @Test
    void a_convention_changes_name_and_key_values() throws Exception {
        try (TaskGroupFactory renamed = groups(new TaskGroupObservationConvention() {
            @Override
            public String getName() {
                return "desk.group";
            }

            @Override
            public KeyValues getLowCardinalityKeyValues(TaskGroupObservationContext context) {
                return TaskGroupObservationConvention.super
                        .getLowCardinalityKeyValues(context)
                        .and("region", "eu");
            }
        })) {
            renamed.run("page", group -> {});
        }

        assertThat(registry)
                .hasObservationWithNameEqualTo("desk.group")
                .that()
                .hasLowCardinalityKeyValue("region", "eu")
                .hasLowCardinalityKeyValue("group", "page");
    }

    @Test
    void a_registry_that_nobody_listens_to_costs_no_observation() throws Exception {
        ObservationRegistry deaf = ObservationRegistry.create();
        try (TaskGroupFactory unobserved = TaskGroupFactory.builder()
                .observer(new GroupObservations(deaf, null))
                .build()) {
            unobserved.run(
                    "page", group -> assertThat(deaf.getCurrentObservation()).isNull());
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void a_handler_that_throws_is_logged_once_and_costs_no_group_its_result_and_no_thread_its_scope(
            Step step, CapturedOutput output) throws Exception {
        registry.observationConfig().observationHandler(new BrokenHandler(step));
        Observation request = Observation.start("request", registry);
        try (Observation.Scope scope = request.openScope()) {
            for (int i = 0; i < 3; i++) {
                int sum = groups.call("page", group -> 1 + group.fork(() -> 1).await());

                assertThat(sum).isEqualTo(2);
                assertThat(registry.getCurrentObservationScope()).isSameAs(scope);
            }
        }

        assertThat(output.getOut().lines().filter(line -> line.contains(COMPLAINT)))
                .hasSize(1);
        assertThat(output).doesNotContain("gets no more events");
    }

    @Test
    void a_convention_that_throws_costs_other_open_groups_nothing() throws Exception {
        ExecutorService callers = Executors.newCachedThreadPool();
        CyclicBarrier bothOpen = new CyclicBarrier(2);
        try (TaskGroupFactory picky = groups(new TaskGroupObservationConvention() {
            @Override
            public KeyValues getLowCardinalityKeyValues(TaskGroupObservationContext context) {
                if (context.group().name().equals("bad")) {
                    throw new IllegalArgumentException("broken handler: a convention, in fact");
                }
                return TaskGroupObservationConvention.super.getLowCardinalityKeyValues(context);
            }
        })) {
            List<Future<?>> ended = List.of(
                    callers.submit(() -> openBeside(picky, "good", bothOpen)),
                    callers.submit(() -> openBeside(picky, "bad", bothOpen)));
            for (Future<?> one : ended) {
                one.get();
            }
        } finally {
            callers.shutdownNow();
        }

        assertThat(observations()).contains("group good {exception=none, group=good, outcome=success}");
    }

    private Void openBeside(TaskGroupFactory picky, String name, CyclicBarrier bothOpen) throws Exception {
        picky.run(name, group -> bothOpen.await());
        assertThat(registry.getCurrentObservationScope()).isNull();
        return null;
    }

    private String current() {
        TaskGroupObservationContext context =
                (TaskGroupObservationContext) registry.getCurrentObservation().getContextView();
        return "group " + context.group().name();
    }

    private List<String> observations() {
        return ObservationLines.of(registry);
    }

    private enum Step {
        START,
        SCOPE_OPENED,
        SCOPE_CLOSED,
        STOP
    }

    /** Throws at one step in the life of a group's observation. */
    private record BrokenHandler(Step broken) implements ObservationHandler<TaskGroupObservationContext> {
        @Override
        public void onStart(TaskGroupObservationContext context) {
            at(Step.START);
        }

        @Override
        public void onScopeOpened(TaskGroupObservationContext context) {
            at(Step.SCOPE_OPENED);
        }

        @Override
        public void onScopeClosed(TaskGroupObservationContext context) {
            at(Step.SCOPE_CLOSED);
        }

        @Override
        public void onStop(TaskGroupObservationContext context) {
            at(Step.STOP);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof TaskGroupObservationContext;
        }

        private void at(Step step) {
            if (step == broken) {
                throw new IllegalStateException("broken handler");
            }
        }
    }
}
