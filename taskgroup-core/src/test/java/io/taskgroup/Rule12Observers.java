package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rule 12: observers see every event once and in order, before join returns. */
interface Rule12Observers extends OnThreads {
    @Test
    default void aGroupThatSucceedsTellsItsStoryInOrder() throws InterruptedException {
        Trail trail = new Trail();
        groups(builder().observer(trail)).run("group", group -> group.fork("task", () -> 1));
        assertThat(trail.steps())
                .containsExactly(
                        "opened group",
                        "forked task",
                        "started task",
                        "ended task SUCCEEDED",
                        "closed group SUCCEEDED");
    }

    @Test
    default void aGroupThatFailsTellsItsStoryInOrder() {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        Trail trail = new Trail();
        assertThatThrownBy(() -> groups(builder().observer(trail)).run("group", group -> {
                    group.fork("slow", gate::pass);
                    gate.awaitArrival();
                    group.fork("bad", () -> {
                        throw new IllegalStateException("no seats");
                    });
                }))
                .isInstanceOf(TaskGroupException.class);
        assertThat(trail.steps())
                .startsWith(
                        "opened group",
                        "forked slow",
                        "started slow",
                        "forked bad",
                        "started bad",
                        "cancelled group TASK_FAILED",
                        "asked slow TASK_FAILED")
                .contains("ended slow CANCELLED", "ended bad FAILED")
                .endsWith("closed group FAILED")
                .hasSize(10);
    }

    @Test
    default void aTaskThatNeverRanIsAskedAndEnded() throws InterruptedException {
        Trail trail = new Trail();
        groups(TaskGroupFactory.builder().executor(new QueueExecutor()).observer(trail))
                .run("group", group -> {
                    group.fork("never", () -> 1);
                    group.cancel();
                });
        assertThat(trail.steps())
                .containsExactly(
                        "opened group",
                        "forked never",
                        "cancelled group REQUESTED",
                        "asked never REQUESTED",
                        "ended never CANCELLED",
                        "closed group CANCELLED");
    }

    @Test
    default void anObserverThatThrowsIsLeftOutAndTheOthersGoOn() throws InterruptedException {
        Trail before = new Trail();
        Trail after = new Trail();
        int[] called = new int[1];
        TaskGroupObserver broken = new TaskGroupObserver() {
            @Override
            public void groupOpened(TaskGroup group) {
                called[0]++;
                throw new IllegalStateException("broken observer");
            }
        };
        TaskGroupFactory groups =
                groups(builder().observer(before).observer(broken).observer(after));
        groups.run("first", group -> {});
        groups.run("second", group -> {});
        assertThat(called[0]).isEqualTo(1);
        assertThat(before.steps()).hasSize(4).isEqualTo(after.steps());
    }

    @Test
    default void theRequestToStopIsToldBeforeTheEndEvenWhenTheyRace() throws InterruptedException {
        for (int round = 0; round < 300; round++) {
            Trail trail = new Trail();
            groups(builder().observer(trail))
                    .run(TaskGroupOptions.named("group").withPolicy(JoinPolicy.noFailures()), group -> {
                        Task<Void> task = group.fork("task", () -> {});
                        task.cancel();
                    });
            assertThat(trail.steps())
                    .filteredOn(step -> step.startsWith("ended"))
                    .hasSize(1);
            assertThat(trail.steps()).endsWith("closed group SUCCEEDED");
            int asked = trail.steps().indexOf("asked task REQUESTED");
            if (asked >= 0) {
                assertThat(trail.steps().subList(asked + 1, trail.steps().size()))
                        .anyMatch(step -> step.startsWith("ended"));
            }
        }
    }

    @Test
    default void theRequestToStopIsToldAfterTheStartEvenIfItComesBefore() throws InterruptedException {
        needsTasksAtOnce(1);
        assertThat(storyOfATaskThatIsAskedBeforeItsStartIsTold(Callable::call))
                .containsExactly("forked task", "started task", "asked task REQUESTED", "ended task CANCELLED");
    }

    @Test
    default void theRequestToStopIsToldOfATaskWhoseStartNeverIs() throws InterruptedException {
        needsTasksAtOnce(1);
        assertThat(storyOfATaskThatIsAskedBeforeItsStartIsTold(code -> {
                    throw new IllegalStateException("no context");
                }))
                .containsExactly("forked task", "asked task REQUESTED", "ended task FAILED");
    }

    /** The carrier holds the task between its claim and its start. */
    private List<String> storyOfATaskThatIsAskedBeforeItsStartIsTold(TaskFunction<Callable<?>, ?> carrying)
            throws InterruptedException {
        Trail trail = new Trail();
        Gate gate = new Gate();
        AtomicInteger calls = new AtomicInteger();
        ContextCarrier carrier = () -> new ContextCarrier.Captured() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> T call(Callable<T> task) throws Exception {
                if (CurrentScope.get() instanceof ForkedTask<?> && calls.getAndIncrement() == 0) {
                    gate.passStubbornly();
                    return (T) carrying.apply(task);
                }
                return task.call();
            }
        };
        TaskGroupOptions options = TaskGroupOptions.named("group").withPolicy(JoinPolicy.awaitAll());
        groups(builder().observer(trail).contextCarrier(carrier)).run(options, group -> {
            Task<Void> task = group.fork("task", () -> new Gate().pass());
            gate.awaitArrival();
            task.cancel();
            gate.open();
        });
        List<String> steps = trail.steps();
        return steps.subList(1, steps.size() - 1);
    }

    @Test
    default void aGroupIsOpenedBeforeItIsCancelledEvenWhenTheyRace() throws InterruptedException {
        for (int round = 0; round < 300; round++) {
            Trail trail = new Trail();
            TaskGroupFactory groups =
                    groups(TaskGroupFactory.builder().platformThreads().observer(trail));
            groups.run(TaskGroupOptions.named("outer").withPolicy(JoinPolicy.noFailures()), outer -> {
                Task<Void> holder = outer.fork("holder", () -> groups.run("inner", inner -> {}));
                holder.cancel();
            });
            int cancelled = trail.steps().indexOf("cancelled inner PARENT_CANCELLED");
            if (cancelled >= 0) {
                assertThat(trail.steps().indexOf("opened inner")).isBetween(0, cancelled);
            }
        }
    }

    @Test
    default void onlyWhatFailsOrIsStoppedIsToldAsThat() throws InterruptedException {
        needsTasksAtOnce(2);
        Endings endings = new Endings();
        Gate gate = new Gate();
        TaskGroupOptions options = TaskGroupOptions.named("group").withPolicy(JoinPolicy.awaitAll());
        groups(builder().observer(endings)).run(options, group -> {
            group.fork("good", () -> 1).await();
            group.fork("bad", () -> {
                throw new IllegalStateException("no seats");
            });
            group.fork("own", () -> {
                throw new CancellationException();
            });
            Task<Void> asked = group.fork("asked", gate::pass);
            gate.awaitArrival();
            asked.cancel();
        });
        assertThat(endings.steps)
                .containsExactlyInAnyOrder(
                        "failed bad: no seats",
                        "stopped own TASK_CANCELLED CANCELLED at once",
                        "stopped asked REQUESTED CANCELLED later");
    }

    @Test
    default void aTaskThatWasAskedIsToldAsStoppedHoweverItEnds() throws InterruptedException {
        needsTasksAtOnce(2);
        Endings endings = new Endings();
        TaskGroupOptions options = TaskGroupOptions.named("group").withPolicy(JoinPolicy.awaitAll());
        groups(builder().observer(endings)).run(options, group -> {
            for (String end : List.of("returns", "throws")) {
                Gate gate = new Gate();
                Task<Void> stubborn = group.fork(end, () -> {
                    try {
                        gate.pass();
                    } catch (InterruptedException ignored) {
                        if (end.equals("throws")) {
                            throw new IllegalStateException("too late");
                        }
                    }
                });
                gate.awaitArrival();
                stubborn.cancel();
            }
        });
        assertThat(endings.steps)
                .containsExactlyInAnyOrder(
                        "stopped returns REQUESTED SUCCEEDED later",
                        "failed throws: too late",
                        "stopped throws REQUESTED FAILED later");
    }

    @Test
    default void aTaskThatNeverRanIsToldAsStoppedAndOneThatWasRefusedIsNot() throws InterruptedException {
        Endings endings = new Endings();
        boolean[] full = new boolean[1];
        QueueExecutor queue = new QueueExecutor();
        groups(TaskGroupFactory.builder()
                        .executor(task -> {
                            if (full[0]) {
                                throw new RejectedExecutionException("full");
                            }
                            queue.execute(task);
                        })
                        .observer(endings))
                .run("group", group -> {
                    group.fork("never", () -> 1);
                    full[0] = true;
                    assertThatThrownBy(() -> group.fork("refused", () -> 2))
                            .isInstanceOf(RejectedExecutionException.class);
                    group.cancel();
                });
        assertThat(endings.steps).containsExactly("stopped never REQUESTED CANCELLED at once");
    }

    @Test
    default void inGroupClosedTheFailuresAreThoseOfTheReport() {
        List<TaskFailure> closed = new ArrayList<>();
        TaskGroupObserver observer = new TaskGroupObserver() {
            @Override
            public void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {
                closed.addAll(group.failures());
            }
        };
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups(builder().observer(observer)).run("group", group -> {
                    assertThat(group.failures()).isEmpty();
                    group.fork("bad", () -> {
                                throw new IllegalStateException("no seats");
                            })
                            .onCompletion(task -> {
                                throw new IllegalStateException("broken callback");
                            });
                }));
        assertThat(closed).extracting(TaskFailure::taskName).containsExactly("bad", "callback of bad");
        assertThat(failed.failures()).isEqualTo(closed);
    }

    @Test
    default void theRunOfATaskDoesNotIncludeItsCallbacks() throws InterruptedException {
        long[] calledBack = new long[1];
        Duration[] told = new Duration[2];
        TaskGroupObserver observer = new TaskGroupObserver() {
            @Override
            public void taskEnded(Task<?> task, Duration ran) {
                told[0] = task.waited();
                told[1] = ran;
            }
        };
        long before = System.nanoTime();
        groups(builder().observer(observer)).run("group", group -> {
            Task<Void> task = group.fork(() -> {});
            task.onCompletion(ended -> {
                calledBack[0] = System.nanoTime();
                while (System.nanoTime() == calledBack[0]) {
                    Thread.onSpinWait();
                }
            });
        });
        assertThat(told[1]).isPositive();
        assertThat(told[0].plus(told[1])).isLessThanOrEqualTo(Duration.ofNanos(calledBack[0] - before));
    }

    @Test
    default void inGroupClosedTheCountsAreFinal() throws InterruptedException {
        List<TaskCounts> counts = new ArrayList<>();
        List<Integer> left = new ArrayList<>(); // looked at afterwards: what an observer throws is only logged
        TaskGroupObserver observer = new TaskGroupObserver() {
            @Override
            public void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {
                counts.add(group.counts());
                left.addAll(List.of(group.liveTasks(), group.runningTasks()));
            }
        };
        TaskGroupOptions options = TaskGroupOptions.named("group").withPolicy(JoinPolicy.awaitAll());
        groups(builder().observer(observer)).run(options, group -> {
            group.fork(() -> 1);
            group.fork(() -> 2);
            group.fork(() -> {
                throw new IllegalStateException("no seats");
            });
            group.fork(() -> {
                throw new CancellationException();
            });
        });
        assertThat(counts).containsExactly(new TaskCounts(4, 2, 1, 1));
        assertThat(left).as("live and running tasks").containsExactly(0, 0);
    }

    /** Hears only of tasks that did not just succeed. */
    final class Endings implements TaskGroupObserver {
        private final List<String> steps = new CopyOnWriteArrayList<>();

        @Override
        public void taskFailed(Task<?> task, Throwable exception) {
            steps.add("failed " + task.name() + ": " + exception.getMessage());
        }

        @Override
        public void taskStopped(Task<?> task, CancelReason reason, Duration sinceRequest) {
            steps.add("stopped " + task.name() + " " + reason.kind() + " " + task.state()
                    + (sinceRequest.isZero() ? " at once" : " later"));
        }
    }

    @Test
    default void inGroupClosedTheBodysOwnFailureIsTheLast() {
        List<String> told = new ArrayList<>();
        TaskGroupFactory groups = groups(builder().observer(new TaskGroupObserver() {
            @Override
            public void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {
                group.failures()
                        .forEach(failure -> told.add(
                                failure.taskName() + " " + failure.exception().getMessage()));
            }
        }));
        assertThatThrownBy(() -> groups.run("group", group -> {
                    throw new IllegalStateException("no seats");
                }))
                .hasMessage("no seats");
        assertThat(told).containsExactly("body no seats");
    }

    @Test
    default void everyJoinIsToldWhenWhatItWaitedForHasEnded() throws InterruptedException {
        List<String> told = new ArrayList<>();
        TaskGroupFactory groups = groups(builder().observer(new TaskGroupObserver() {
            @Override
            public void groupJoined(TaskGroup group) {
                told.add("joined " + group.counts().succeeded() + " on the owner's thread: "
                        + Thread.currentThread().getName());
            }

            @Override
            public void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {
                told.add("closed");
            }
        }));
        groups.run("group", group -> {
            group.fork(() -> 1);
            group.join();
            group.fork(() -> 2);
            group.join();
            group.fork(() -> 3);
        });
        String owner = " on the owner's thread: " + Thread.currentThread().getName();
        assertThat(told).containsExactly("joined 1" + owner, "joined 2" + owner, "closed");
    }
}
