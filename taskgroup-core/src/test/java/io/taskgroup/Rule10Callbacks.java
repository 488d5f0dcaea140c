package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Rule 10: callbacks run after their task, one at a time per group, and before join returns. */
interface Rule10Callbacks extends OnThreads {
    /** It does not wait for the group, which waits for the callback. */
    @Test
    default void aCallbackMayCloseTheFactory() {
        needsTasksAtOnce(2);
        TaskGroupFactory groups = groups();
        Gate gate = new Gate();
        List<Boolean> cancelled = new ArrayList<>();
        assertThatThrownBy(() -> groups.run(
                        "outer",
                        outer -> outer.fork(() -> groups.run("inner", inner -> {
                            inner.fork(gate::passStubbornly)
                                    .onCompletion(
                                            task -> { // on the task's thread
                                                groups.close();
                                                cancelled.add(inner.isCancelled() && outer.isCancelled());
                                            });
                            gate.open();
                        }))))
                .isInstanceOf(TaskGroupCancelledException.class);
        assertThat(cancelled).containsExactly(true);
        assertThat(groups.snapshot()).isEmpty();
    }

    @Test
    default void callbacksOfManyTasksFillAPlainList() throws InterruptedException {
        List<Integer> squares = new ArrayList<>();
        groups().run("squares", group -> {
            for (int i = 0; i < 500; i++) {
                int n = i;
                group.<Integer>fork(() -> n * n).onCompletion(task -> squares.add(task.result()));
            }
            group.join();
            assertThat(squares).hasSize(500);
        });
        assertThat(squares).contains(0, 1, 4, 249001).doesNotHaveDuplicates();
    }

    @Test
    default void callbacksOfATaskRunInTheOrderTheyWereAddedAndSeeItEnded() throws InterruptedException {
        List<String> order = new ArrayList<>();
        groups().run("group", group -> {
            Task<String> task = group.fork("task", () -> "value");
            task.onCompletion(ended -> order.add("first " + ended.state()));
            task.onCompletion(ended -> order.add("second " + ended.result()));
            group.join();
            task.onCompletion(ended -> order.add("late"));
        });
        assertThat(order).containsExactly("first SUCCEEDED", "second value", "late");
    }

    @Test
    default void aCallbackThatThrowsFailsTheGroupAndTheOthersStillRun() {
        List<String> order = new ArrayList<>();
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups().run(
                                "group",
                                group -> group.fork("task", () -> 1)
                                        .onCompletion(task -> {
                                            throw new IllegalStateException("broken callback");
                                        })
                                        .onCompletion(task -> order.add("still ran"))));
        assertThat(failed.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.taskName()).isEqualTo("callback of task");
            assertThat(failure.exception()).hasMessage("broken callback");
        });
        assertThat(order).containsExactly("still ran");
    }

    @Test
    default void aCallbackThatAsksForTheResultOfAFailedTaskIsNoSecondFailure() {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        List<Object> results = new ArrayList<>();
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups().run("group", group -> {
                    group.fork("slow", gate::pass).onCompletion(task -> results.add(task.result()));
                    gate.awaitArrival();
                    group.<Integer>fork("bad", () -> {
                                throw new IllegalStateException("no seats");
                            })
                            .onCompletion(task -> results.add(task.result()));
                }));
        assertThat(failed.failures()).extracting(TaskFailure::taskName).containsExactly("bad");
        assertThat(results).isEmpty();
    }

    @Test
    default void aCallbackThatForksIntoACancelledGroupIsNoFailure() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        groups().run("group", group -> {
            group.fork("task", gate::pass).onCompletion(task -> group.fork(() -> "one more"));
            gate.awaitArrival();
            group.cancel();
        });
    }

    @Test
    default void aCallbackThatAsksForTheResultOfAnotherTaskThatFailedFails() {
        TaskGroupOptions options = TaskGroupOptions.named("group").withPolicy(JoinPolicy.awaitAll());
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups().run(options, group -> {
                    Task<Integer> bad = group.fork("bad", () -> {
                        throw new IllegalStateException("no seats");
                    });
                    group.join();
                    group.fork("good", () -> 1).onCompletion(task -> bad.result());
                }));
        assertThat(failed.failures()).extracting(TaskFailure::taskName).containsExactly("bad", "callback of good");
    }

    @Test
    default void aCallbackThatThrowsCancelsTheOtherTasks() {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        Task<?>[] slow = new Task<?>[1];
        assertThatThrownBy(() -> groups().run("group", group -> {
                    slow[0] = group.fork("slow", gate::pass);
                    gate.awaitArrival();
                    group.fork("task", () -> 1).onCompletion(task -> {
                        throw new IllegalStateException("broken callback");
                    });
                }))
                .isInstanceOf(TaskGroupException.class);
        assertThat(slow[0].state()).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    default void aCallbackMayForkAndWhatItForksIsJoined() throws InterruptedException {
        List<String> order = new ArrayList<>();
        groups().run(
                        "group",
                        group -> group.fork("first", () -> 1)
                                .onCompletion(first -> group.fork("second", () -> 2)
                                        .onCompletion(second -> order.add("second ended"))));
        assertThat(order).containsExactly("second ended");
    }

    @Test
    default void aCallbackCannotJoin() {
        assertThatThrownBy(() -> groups().run("group", group -> {
                    group.fork("task", () -> 1).onCompletion(task -> {
                        try {
                            group.join();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    });
                }))
                .isInstanceOf(TaskGroupException.class)
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    default void aCallbackOfACancelledTaskRunsToo() throws InterruptedException {
        List<TaskState> states = new ArrayList<>();
        groups(TaskGroupFactory.builder().executor(new QueueExecutor())).run("group", group -> {
            group.fork("never", () -> 1).onCompletion(task -> states.add(task.state()));
            group.cancel();
        });
        assertThat(states).containsExactly(TaskState.CANCELLED);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    default void theCallbackOfATaskRunsBeforeThatOfOneThatHasAwaitedIt() throws InterruptedException {
        needsTasksAtOnce(2);
        TaskGroupFactory groups = groups();
        for (int round = 0; round < 300; round++) {
            List<String> called = new ArrayList<>();
            groups.run("group", group -> {
                Task<Integer> first = group.fork("first", () -> 1);
                first.onCompletion(ended -> called.add(ended.name()));
                group.fork("second", () -> first.await()).onCompletion(ended -> called.add(ended.name()));
            });
            assertThat(called).containsExactly("first", "second");
        }
    }

    /** Both have ended before the policy was asked about the first, on the thread that then calls back. */
    @Test
    default void aCallbackMayAwaitATaskThatEndsAtTheSameTime() throws InterruptedException {
        needsTasksAtOnce(2);
        TaskGroupFactory groups = groups();
        for (int round = 0; round < 100; round++) {
            Gate gate = new Gate();
            AtomicReference<Task<String>> second = new AtomicReference<>();
            JoinPolicy waitsForTheSecond = new JoinPolicy() {
                @Override
                public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
                    gate.open();
                    OnThreads.awaitUntil(() -> second.get().state().isTerminal());
                    return false;
                }

                @Override
                public boolean isSuccess(TaskCounts atJoin) {
                    return true;
                }
            };
            List<String> awaited = new ArrayList<>();
            groups.run(TaskGroupOptions.named("group").withPolicy(waitsForTheSecond), group -> {
                second.set(group.fork("second", () -> {
                    gate.pass();
                    return "at the same time";
                }));
                gate.awaitArrival();
                group.fork("first", () -> 1).onCompletion(ended -> {
                    try {
                        awaited.add(second.get().await());
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
            });
            assertThat(awaited).containsExactly("at the same time");
        }
    }

    @Test
    default void aCallbackMayAwaitTheTaskThatInheritsThePlace() throws InterruptedException {
        needsTasksAtOnce(1);
        List<String> awaited = new ArrayList<>();
        groups().run(TaskGroupOptions.named("group").withMaxConcurrency(1), group -> {
            Gate gate = new Gate();
            AtomicReference<Task<String>> heir = new AtomicReference<>();
            Task<Void> first = group.fork("first", () -> {
                heir.set(group.fork("heir", () -> "has the place"));
                gate.pass();
            });
            first.onCompletion(ended -> {
                try {
                    awaited.add(heir.get().await());
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            gate.open();
        });
        assertThat(awaited).containsExactly("has the place");
    }
}
