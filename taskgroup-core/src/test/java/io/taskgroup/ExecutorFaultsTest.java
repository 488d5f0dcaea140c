package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of tasks whose executor or thread factory does what it must not. */
@Timeout(60)
class ExecutorFaultsTest {
    private final CountingCarrier carrier = new CountingCarrier();
    private final AtomicInteger runs = new AtomicInteger();

    private TaskGroupFactory.Builder builder() {
        return TaskGroupFactory.builder().contextCarrier(carrier);
    }

    // ---- that does not run the task

    @Test
    void aTaskThatItsThreadDropsEndsWithTheDeadline() {
        TaskGroupFactory groups =
                builder().threadFactory(dropped -> new Thread(() -> {})).build();
        Task<?>[] task = new Task<?>[1];
        assertThatThrownBy(() -> groups.run(
                        TaskGroupOptions.named("group").withTimeout(Duration.ofMillis(50)),
                        group -> task[0] = group.fork("dropped", runs::incrementAndGet)))
                .isInstanceOfSatisfying(
                        TaskGroupTimeoutException.class,
                        late -> assertThat(late.unfinished()).containsExactly("dropped"));
        assertThat(task[0].state()).isEqualTo(TaskState.CANCELLED);
        assertThat(runs).hasValue(0);
        assertThat(carrier.discarded()).isEqualTo(1);
    }

    @Test
    void aTaskThatItsExecutorDropsIsRunByWhoeverAwaitsIt() throws InterruptedException {
        TaskGroupFactory groups = builder().executor(dropped -> {}).build();
        Integer value =
                groups.call("group", group -> group.fork(runs::incrementAndGet).await());
        assertThat(value).isEqualTo(1);
    }

    /** The queue of a pool that was shut down at once is given back to whoever did that: nobody runs it. */
    @Test
    void aPoolThatIsShutDownAtOnceFailsWhatRunsAndLeavesTheRestToTheOwner() throws InterruptedException {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        TaskGroupFactory groups = builder().executor(pool).build();
        Gate gate = new Gate();
        List<Task<?>> tasks = new ArrayList<>();
        groups.run(TaskGroupOptions.named("group").withPolicy(JoinPolicy.awaitAll()), group -> {
            tasks.add(group.fork("running", gate::pass));
            tasks.add(group.fork("queued", runs::incrementAndGet));
            gate.awaitArrival();
            pool.shutdownNow();
            assertThatThrownBy(() -> group.fork("late", runs::incrementAndGet))
                    .isInstanceOf(RejectedExecutionException.class);
        });
        assertThat(tasks).extracting(Task::state).containsExactly(TaskState.FAILED, TaskState.SUCCEEDED);
        assertThat(tasks.get(0).exception()).containsInstanceOf(InterruptedException.class);
        assertThat(runs).hasValue(1);
    }

    @Test
    void aPoolThatIsShutDownRunsWhatItHasAndRefusesTheRest() throws InterruptedException {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        TaskGroupFactory groups = builder().executor(pool).build();
        Gate gate = new Gate();
        groups.run("group", group -> {
            group.fork("running", gate::pass);
            group.fork("queued", runs::incrementAndGet);
            pool.shutdown();
            assertThatThrownBy(() -> group.fork("late", runs::incrementAndGet))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("'late'");
            gate.open();
        });
        assertThat(runs).hasValue(1);
        assertThat(carrier.discarded()).isEqualTo(1);
    }

    // ---- that refuses it

    static Stream<ThreadFactory> refusingFactories() {
        return Stream.of(
                code -> null,
                code -> {
                    throw new IllegalStateException("no more threads");
                },
                code -> {
                    Thread started = new Thread(() -> {});
                    started.start();
                    return started;
                });
    }

    @ParameterizedTest
    @MethodSource("refusingFactories")
    void aThreadFactoryThatGivesNoThreadRejectsTheTaskAndTheGroupGoesOn(ThreadFactory refusing) throws Exception {
        boolean[] refuses = {true};
        TaskGroupFactory groups = builder()
                .threadFactory(code -> refuses[0] ? refusing.newThread(code) : new Thread(code))
                .build();
        Integer value = groups.call("group", group -> {
            assertThatThrownBy(() -> group.fork("refused", runs::incrementAndGet))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("Task 'refused' of group 'group' was rejected");
            assertThat(group.liveTasks()).isZero();
            refuses[0] = false;
            return group.fork(runs::incrementAndGet).await();
        });
        assertThat(value).isEqualTo(1);
        assertThat(carrier.discarded()).isEqualTo(1);
    }

    /** What the JDK throws when the system has no thread left. */
    @Test
    void anErrorOfTheThreadFactoryComesAsItselfAndTheGroupGoesOn() throws InterruptedException {
        OutOfMemoryError error = new OutOfMemoryError("unable to create native thread");
        boolean[] refuses = {true};
        TaskGroupFactory groups = builder()
                .threadFactory(code -> {
                    if (refuses[0]) {
                        throw error;
                    }
                    return new Thread(code);
                })
                .build();
        groups.run("group", group -> {
            assertThatThrownBy(() -> group.fork(runs::incrementAndGet)).isSameAs(error);
            refuses[0] = false;
            assertThat(group.fork(runs::incrementAndGet).await()).isEqualTo(1);
        });
    }

    @Test
    void anExecutorThatRunsTheTaskAndRejectsItAllTheSameHasRunIt() throws InterruptedException {
        TaskGroupFactory groups = builder()
                .executor(task -> {
                    task.run();
                    throw new RejectedExecutionException("full");
                })
                .build();
        Integer value =
                groups.call("group", group -> group.fork(runs::incrementAndGet).await());
        assertThat(value).isEqualTo(1);
        assertThat(carrier.discarded()).isZero();
    }

    @Test
    void anExecutorThatRejectsATaskThatIsRunningLeavesItAlone() throws InterruptedException {
        Gate gate = new Gate();
        TaskGroupFactory groups = builder()
                .executor(task -> {
                    new Thread(task).start();
                    try {
                        gate.awaitArrival();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    throw new RejectedExecutionException("full");
                })
                .observer(new TaskGroupObserver() {})
                .build();
        groups.run("group", group -> {
            Task<Void> task = group.fork("running", gate::pass);
            assertThat(task.isCancelRequested()).isFalse();
            gate.open();
            task.await();
        });
    }

    // ---- that runs it late, or more than once

    @Test
    void whatAnExecutorRunsAfterTheEndOfTheGroupDoesNothing() throws InterruptedException {
        QueueExecutor late = new QueueExecutor();
        TaskGroupFactory groups = builder().executor(late).build();
        groups.run("group", group -> {
            group.fork("cancelled", runs::incrementAndGet);
            group.cancel();
        });
        groups.run("group", group -> group.fork("run by the owner", runs::incrementAndGet));
        assertThat(runs).hasValue(1);
        late.runAll();
        assertThat(runs).hasValue(1);
        assertThat(CurrentScope.get()).isNull();
    }

    @Test
    void aTaskThatIsRunTwiceRunsOnce() throws InterruptedException {
        TaskGroupFactory groups = builder()
                .executor(task -> {
                    task.run();
                    task.run();
                })
                .build();
        groups.run("group", group -> group.fork(runs::incrementAndGet));
        assertThat(runs).hasValue(1);
        assertThat(carrier.called()).isEqualTo(1);
    }

    @Test
    void aTaskThatTwoThreadsRunAtOnceRunsOnce() throws Exception {
        int rounds = Integer.getInteger("taskgroup.races.rounds", 300);
        try (Together together = new Together()) {
            QueueExecutor twice = new QueueExecutor();
            TaskGroupFactory groups = builder()
                    .executor(task -> {
                        twice.execute(task);
                        twice.execute(task);
                    })
                    .build();
            for (int round = 1; round <= rounds; round++) {
                try (OpenTaskGroup group = groups.open("group")) {
                    group.fork(runs::incrementAndGet);
                    together.play(twice::runAll, twice::runAll, group::liveTasks);
                    group.join();
                }
                assertThat(runs).hasValue(round);
            }
        }
    }
}
