package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The policies and the methods that do the same thing many times. */
interface ManyAtOnce extends OnThreads {
    @Test
    default void allReturnsResultsInTheOrderGiven() throws InterruptedException {
        List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2, () -> 3);
        assertThat(groups().all("group", tasks)).containsExactly(1, 2, 3);
        assertThat(groups().all("group", List.<Callable<Integer>>of())).isEmpty();
    }

    @Test
    default void allFailsWithTheFirstFailureWhateverThePolicy() {
        List<Callable<Integer>> tasks = List.of(() -> 1, () -> {
            throw new IllegalStateException("no seats");
        });
        assertThatThrownBy(() -> groups().all(TaskGroupOptions.named("group").withPolicy(JoinPolicy.awaitAll()), tasks))
                .isInstanceOf(TaskGroupException.class)
                .hasRootCauseMessage("no seats");
    }

    @Test
    default void mapKeepsTheOrderOfTheItems() throws InterruptedException {
        assertThat(groups().map("squares", List.of(1, 2, 3, 4), n -> n * n)).containsExactly(1, 4, 9, 16);
    }

    @Test
    default void anyReturnsTheFirstSuccessAndCancelsTheRest() throws InterruptedException {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        Trail trail = new Trail();
        String first = groups(builder().observer(trail))
                .any(
                        "race",
                        List.<Callable<String>>of(
                                () -> {
                                    gate.pass();
                                    return "never";
                                },
                                () -> {
                                    gate.awaitArrival();
                                    return "first";
                                }));
        assertThat(first).isEqualTo("first");
        assertThat(trail.steps()).contains("ended race-1 CANCELLED", "cancelled race DECIDED", "closed race SUCCEEDED");
    }

    @Test
    default void anyToleratesFailuresAsLongAsOneSucceeds() throws InterruptedException {
        List<Callable<String>> tasks = List.of(
                () -> {
                    throw new IllegalStateException("down");
                },
                () -> "up");
        assertThat(groups().any("race", tasks)).isEqualTo("up");
    }

    @Test
    default void anyReportsAllFailuresWhenNoneSucceeds() {
        Callable<String> down = () -> {
            throw new IllegalStateException("down");
        };
        TaskGroupException failed =
                catchThrowableOfType(TaskGroupException.class, () -> groups().any("race", List.of(down, down, down)));
        assertThat(failed.failures()).hasSize(3);
    }

    @Test
    default void anyOfNothingIsRefused() {
        assertThatThrownBy(() -> groups().any("race", List.<Callable<String>>of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tasks is empty");
    }

    @Test
    default void settleKeepsFailuresInTheTasks() throws InterruptedException {
        List<Task<Integer>> tasks = groups().settle(
                        "group",
                        List.<Callable<Integer>>of(
                                () -> 1,
                                () -> {
                                    throw new IllegalStateException("no seats");
                                },
                                () -> 3));
        assertThat(tasks)
                .extracting(Task::state)
                .containsExactly(TaskState.SUCCEEDED, TaskState.FAILED, TaskState.SUCCEEDED);
        assertThat(tasks.get(1).exception())
                .hasValueSatisfying(thrown -> assertThat(thrown).hasMessage("no seats"));
    }

    @Test
    @SuppressWarnings("NullAway")
    default void aNullAmongTheTasksIsNamedAndNothingIsStarted() {
        Trail trail = new Trail();
        List<Callable<Integer>> tasks = Arrays.asList(() -> 1, null);
        TaskGroupFactory groups = groups(builder().observer(trail));
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> groups.all("group", tasks),
                () -> groups.any("group", tasks),
                () -> groups.settle("group", tasks))) {
            assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage("tasks has null at index 1");
        }
        assertThat(trail.steps()).isEmpty();
    }

    @Test
    default void aQuorumCancelsTheRestWhenItIsReached() throws InterruptedException {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        groups().run(TaskGroupOptions.named("group").withPolicy(JoinPolicy.quorum(2)), group -> {
            Task<Void> slow = group.fork("slow", gate::pass);
            gate.awaitArrival();
            group.fork(() -> 1);
            Task<Integer> second = group.fork(() -> 2);
            second.await();
            group.join();
            assertThat(slow.state()).isEqualTo(TaskState.CANCELLED);
        });
    }

    @Test
    default void aMissedQuorumFails() {
        TaskGroupOptions two = TaskGroupOptions.named("group").withPolicy(JoinPolicy.quorum(2));
        assertThatThrownBy(() -> groups().run(two, group -> group.fork(() -> 1)))
                .isInstanceOfSatisfying(
                        TaskGroupException.class,
                        failed -> assertThat(failed.failures()).isEmpty());
        assertThatThrownBy(() -> groups().run(two, group -> {})).isInstanceOf(TaskGroupException.class);
    }

    @Test
    default void awaitAllCancelsNothingAndThrowsNothing() throws InterruptedException {
        groups().run(TaskGroupOptions.named("group").withPolicy(JoinPolicy.awaitAll()), group -> {
            Task<Void> bad = group.fork("bad", () -> {
                throw new IllegalStateException("no seats");
            });
            assertThatThrownBy(bad::await).isInstanceOf(TaskFailedException.class);
            Task<Integer> good = group.fork(() -> 1);
            group.join();
            assertThat(good.result()).isEqualTo(1);
        });
    }

    @Test
    default void aFutureCompletesAsTheTaskEnds() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        Trail trail = new Trail();
        groups().run(TaskGroupOptions.named("group").withPolicy(JoinPolicy.awaitAll()), group -> {
            assertThat(group.fork(() -> 1)
                            .toCompletableFuture()
                            .thenApply(n -> n + 1)
                            .join())
                    .isEqualTo(2);
            Task<Void> bad = group.fork("bad", () -> {
                throw new IllegalStateException("no seats");
            });
            assertThatThrownBy(() -> bad.toCompletableFuture().get()).hasRootCauseMessage("no seats");
            Task<Void> slow = group.fork("slow", gate::passStubbornly);
            gate.awaitArrival();
            CompletableFuture<Void> future = slow.toCompletableFuture();
            assertThat(future.cancel(true)).isTrue();
            assertThat(future.isDone()).isFalse();
            assertThat(slow.isCancelRequested()).isTrue();
            gate.open();
            group.join();
            trail.add("done " + future.isDone());
        });
        assertThat(trail.steps()).containsExactly("done true");
    }

    /** The policy is asked before the task's callbacks run, and a future needs none of those. */
    @Test
    default void aFutureOfATaskThatHasEndedIsDoneAtOnce() throws InterruptedException {
        List<Boolean> done = new ArrayList<>();
        JoinPolicy looking = new JoinPolicy() {
            @Override
            public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
                return !done.add(ended.toCompletableFuture().isDone());
            }

            @Override
            public boolean isSuccess(TaskCounts atJoin) {
                return true;
            }
        };
        groups().run(TaskGroupOptions.named("group").withPolicy(looking), group -> {
            group.fork(() -> 1);
            group.fork(() -> {
                throw new IllegalStateException("no seats");
            });
        });
        assertThat(done).containsExactly(true, true);
    }

    @Test
    default void anyLetsNobodyWinWhoSucceedsOnlyBecauseTheRaceIsOver() throws InterruptedException {
        needsTasksAtOnce(2);
        TaskGroupFactory groups = groups();
        for (int round = 0; round < 300; round++) {
            Gate gate = new Gate();
            String first = groups.any(
                    "race",
                    List.<Callable<String>>of(
                            () -> {
                                try {
                                    gate.pass();
                                } catch (InterruptedException over) {
                                    // and returns a value all the same
                                }
                                return "too late";
                            },
                            () -> {
                                gate.awaitArrival();
                                return "first";
                            }));
            assertThat(first).isEqualTo("first");
        }
    }
}
