package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Rule 2: the first task that fails or is cancelled cancels the others; nothing more may be forked. */
interface Rule02OneEndsAll extends OnThreads {
    @Test
    default void aFailedTaskCancelsItsBlockedSibling() {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        List<Task<?>> slow = new ArrayList<>();
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups().run("group", group -> {
                    slow.add(group.fork("slow", gate::pass));
                    gate.awaitArrival();
                    group.fork("bad", () -> {
                        throw new IllegalStateException("no seats");
                    });
                }));
        assertThat(slow.get(0).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(slow.get(0).exception()).containsInstanceOf(InterruptedException.class);
        assertThat(failed.failures()).hasSize(1);
        assertThat(failed.failures().get(0).taskName()).isEqualTo("bad");
        assertThat(failed)
                .hasMessage("Group 'group' failed: 1 failure ('bad': java.lang.IllegalStateException: no seats)");
    }

    @Test
    default void aCancelledTaskCancelsTheOthersUnderTheDefaultPolicy() {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        Gate other = new Gate();
        List<Task<?>> tasks = new ArrayList<>();
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups().run("group", group -> {
                    tasks.add(group.fork("slow", gate::pass));
                    Task<Void> stopped = group.fork("stopped", other::pass);
                    gate.awaitArrival();
                    other.awaitArrival();
                    assertThat(stopped.cancel("not needed")).isTrue();
                }));
        assertThat(tasks.get(0).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(failed.failures()).hasSize(1);
        assertThat(failed.failures().get(0).taskName()).isEqualTo("stopped");
        assertThat(failed.failures().get(0).exception())
                .isInstanceOfSatisfying(
                        TaskCancelledException.class,
                        cancelled -> assertThat(cancelled.reason())
                                .isEqualTo(CancelReason.ofTask(CancelReason.Kind.REQUESTED, "stopped", "not needed")));
    }

    @Test
    default void aTaskThatThrowsACancellationOfItsOwnIsCancelledAndListed() {
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups().run(
                                "group",
                                group -> group.fork("gives-up", () -> {
                                    throw new CancellationException("I am done");
                                })));
        assertThat(failed.failures().get(0).exception())
                .isInstanceOf(TaskCancelledException.class)
                .hasCauseInstanceOf(CancellationException.class);
    }

    @Test
    default void aCancelledTaskIsLetGoUnderNoFailures() throws InterruptedException {
        Task<String> kept = groups().call(
                        TaskGroupOptions.named("group").withPolicy(JoinPolicy.noFailures()), group -> {
                            Task<Void> gone = group.fork("gone", () -> {
                                throw new CancellationException("I am done");
                            });
                            assertThatThrownBy(gone::await).isInstanceOf(TaskCancelledException.class);
                            assertThat(group.isCancelled()).isFalse();
                            return group.fork("kept", () -> "value");
                        });
        assertThat(kept.result()).isEqualTo("value");
    }

    @Test
    default void nothingIsForkedAfterAFailure() {
        assertThatThrownBy(() -> groups().run("group", group -> {
                    Task<Void> bad = group.fork("bad", () -> {
                        throw new IllegalStateException("no seats");
                    });
                    assertThatThrownBy(bad::await).isInstanceOf(TaskFailedException.class);
                    assertThat(group.isCancelled()).isTrue();
                    assertThatThrownBy(() -> group.fork(() -> 1))
                            .isInstanceOfSatisfying(TaskGroupCancelledException.class, refused -> {
                                assertThat(refused.reason().kind()).isEqualTo(CancelReason.Kind.TASK_FAILED);
                                assertThat(refused.reason().taskName()).contains("bad");
                            })
                            .hasMessageContaining("Group 'group' was cancelled and takes no more tasks")
                            .hasMessageContaining("no seats");
                }))
                .isInstanceOfSatisfying(TaskGroupException.class, OnThreads.whereOnlyFailed("bad"));
    }

    @Test
    default void aTaskThatWasCancelledBeforeItBeganNeverRunsAndItsContextIsDiscarded() throws InterruptedException {
        Trail trail = new Trail();
        CountingCarrier carrier = new CountingCarrier();
        QueueExecutor later = new QueueExecutor();
        groups(TaskGroupFactory.builder().executor(later).contextCarrier(carrier))
                .run("group", group -> {
                    Task<Void> task = group.fork("never", () -> trail.add("ran"));
                    assertThat(task.state()).isEqualTo(TaskState.PENDING);
                    group.cancel();
                    assertThat(Thread.interrupted()).isTrue();
                    assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
                    assertThat(task.exception()).isEmpty();
                    assertThat(group.liveTasks()).isZero();
                });
        later.runAll();
        assertThat(trail.steps()).isEmpty();
        assertThat(carrier.captured()).isEqualTo(1);
        assertThat(carrier.discarded()).isEqualTo(1);
        assertThat(carrier.called()).isZero();
    }

    @Test
    default void onlyTheFirstReasonCounts() {
        assertThatThrownBy(() -> groups().run("group", group -> {
                    Task<Void> bad = group.fork("bad", () -> {
                        throw new IllegalStateException("no seats");
                    });
                    assertThatThrownBy(bad::await).isInstanceOf(TaskFailedException.class);
                    assertThat(group.cancel("too late")).isFalse();
                    assertThat(group.cancelReason())
                            .hasValueSatisfying(why -> assertThat(why.kind()).isEqualTo(CancelReason.Kind.TASK_FAILED));
                }))
                .isInstanceOfSatisfying(TaskGroupException.class, OnThreads.whereOnlyFailed("bad"));
    }

    @Test
    default void aUsersPolicyIsAskedOnceForEveryEndedTaskWithGrowingCounts() throws InterruptedException {
        List<TaskCounts> seen = new ArrayList<>();
        JoinPolicy counting = new JoinPolicy() {
            @Override
            public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
                assertThat(ended.state().isTerminal()).isTrue();
                seen.add(soFar);
                return false;
            }

            @Override
            public boolean isSuccess(TaskCounts atJoin) {
                return true;
            }
        };
        groups().run(TaskGroupOptions.named("group").withPolicy(counting), group -> {
            for (int i = 0; i < 100; i++) {
                group.fork(() -> 1);
            }
        });
        assertThat(seen).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(seen.get(i).succeeded()).isEqualTo(i + 1);
        }
        assertThat(seen.get(99)).isEqualTo(new TaskCounts(100, 100, 0, 0));
    }

    @Test
    default void aTaskWhoseForkIsRefusedBecauseTheGroupWasJustCancelledIsNotListed() {
        needsTasksAtOnce(2);
        Gate cancelling = new Gate();
        Task<?>[] forker = new Task<?>[1];
        TaskGroupObserver slowCancel = new TaskGroupObserver() {
            @Override
            public void groupCancelled(TaskGroup group, CancelReason reason) {
                cancelling.open();
                OnThreads.awaitUntil(() -> forker[0].state().isTerminal());
            }
        };
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups(builder().observer(slowCancel)).run("group", group -> {
                    forker[0] = group.fork("forker", () -> {
                        cancelling.pass();
                        group.fork(() -> 1);
                    });
                    cancelling.awaitArrival();
                    group.fork("bad", () -> {
                        throw new IllegalStateException("no seats");
                    });
                }));
        assertThat(failed.failures()).extracting(TaskFailure::taskName).containsExactly("bad");
        assertThat(forker[0].state()).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    default void whoWaitsForAPlaceNeverBeginsOnceAnotherHasFailed() {
        needsTasksAtOnce(1);
        TaskGroupFactory groups = groups();
        AtomicBoolean began = new AtomicBoolean();
        for (int round = 0; round < 300; round++) {
            Gate gate = new Gate();
            assertThatThrownBy(() -> groups.run(TaskGroupOptions.named("group").withMaxConcurrency(1), group -> {
                        group.fork("failing", () -> {
                            gate.pass();
                            throw new IllegalStateException("no seats");
                        });
                        group.fork("waiting", () -> began.set(true));
                        gate.open();
                    }))
                    .isInstanceOf(TaskGroupException.class);
        }
        assertThat(began).isFalse();
    }
}
