package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rule 4: the first cause wins, nothing is lost. The whole table, without threads, is in {@link VerdictTest}. */
interface Rule04WhatIsThrown extends OnThreads {
    TaskGroupOptions MOVING_ON = TaskGroupOptions.named("group").withTimeout(Duration.ofHours(1), OnTimeout.MOVE_ON);

    @Test
    default void failuresAreListedInTheOrderTheyHappenedWithTheBodysLast() {
        needsTasksAtOnce(2);
        Gate second = new Gate();
        IllegalArgumentException ofBody = new IllegalArgumentException("body");
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups().run("group", group -> {
                    Task<Void> late = group.fork("late", () -> {
                        second.passStubbornly();
                        throw new IllegalStateException("late");
                    });
                    second.awaitArrival();
                    Task<Void> early = group.fork("early", () -> {
                        throw new IllegalStateException("early");
                    });
                    assertThatThrownBy(early::await).isInstanceOf(TaskFailedException.class);
                    second.open();
                    OnThreads.awaitUntil(() -> late.state().isTerminal());
                    throw ofBody;
                }));
        assertThat(failed.failures()).extracting(TaskFailure::taskName).containsExactly("early", "late", "body");
        assertThat(failed).hasCause(failed.failures().get(0).exception());
        assertThat(failed.getSuppressed())
                .containsExactly(failed.failures().get(1).exception(), ofBody);
    }

    @Test
    default void theBodysCheckedExceptionComesAsItIsWithTaskFailuresSuppressed() {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        IOException own = new IOException("the body's own");
        assertThatThrownBy(() -> groups().<Void, IOException>call("group", group -> {
                    group.fork("late", () -> {
                        try {
                            gate.pass();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException("while stopping");
                        }
                    });
                    gate.awaitArrival();
                    throw own;
                }))
                .isSameAs(own)
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                TaskGroupException.class,
                                failed -> assertThat(failed.failures())
                                        .extracting(TaskFailure::taskName)
                                        .containsExactly("late")));
    }

    @Test
    default void aBodyThatLetsAFailedAwaitEscapeReportsTheTaskOnly() {
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups().run(
                                "group",
                                group -> group.fork("bad", () -> {
                                            throw new IllegalStateException("no seats");
                                        })
                                        .await()));
        assertThat(failed.failures()).extracting(TaskFailure::taskName).containsExactly("bad");
        assertThat(failed.getSuppressed()).isEmpty();
    }

    @Test
    default void theDeadlineNamesTheUnfinishedTasks() {
        needsTasksAtOnce(2);
        Gate first = new Gate();
        Gate second = new Gate();
        TaskGroupTimeoutException late = catchThrowableOfType(
                TaskGroupTimeoutException.class,
                () -> groups().run(TaskGroupOptions.named("group").withTimeout(Duration.ofHours(1)), group -> {
                    group.fork("quick", () -> 1).await();
                    group.fork("slow 1", first::pass);
                    group.fork("slow 2", second::pass);
                    first.awaitArrival();
                    second.awaitArrival();
                    group.reschedule(Duration.ofMillis(10));
                }));
        assertThat(late.unfinished()).containsExactly("slow 1", "slow 2");
        assertThat(late.timeout()).isEqualTo(Duration.ofMillis(10));
        assertThat(late.failures()).isEmpty();
        assertThat(late).hasMessage("Group 'group' was not done after 10 ms; unfinished: slow 1, slow 2");
    }

    @Test
    default void movingOnReturnsTheBodysValue() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        String value = groups().call(MOVING_ON, group -> {
            Task<Void> slow = group.fork("slow", gate::pass);
            group.reschedule(Duration.ofMillis(10));
            group.join();
            return "moved on with slow " + slow.state();
        });
        assertThat(value).isEqualTo("moved on with slow CANCELLED");
    }

    @Test
    default void movingOnWithABodyThatWasStoppedIsATimeout() {
        Gate gate = new Gate();
        assertThatThrownBy(() -> groups().call(MOVING_ON, group -> {
                    group.reschedule(Duration.ofMillis(10));
                    gate.pass();
                    return 1;
                }))
                .isInstanceOf(TaskGroupTimeoutException.class);
    }

    @Test
    default void movingOnFromAnUnfinishedTaskThrowsTaskCancelledInTheBody() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        CancelReason reason = groups().call(MOVING_ON, group -> {
            Task<Void> slow = group.fork("slow", gate::pass);
            group.reschedule(Duration.ofMillis(10));
            return catchThrowableOfType(TaskCancelledException.class, slow::await)
                    .reason();
        });
        assertThat(reason.kind()).isEqualTo(CancelReason.Kind.TIMEOUT);
    }

    @Test
    default void anInterruptedOwnerGetsInterruptedExceptionAfterItsTasksEnded() {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        Thread owner = Thread.currentThread();
        OnThreads.after(gate, () -> {
            OnThreads.awaitBlocked(owner);
            owner.interrupt();
        });
        Trail trail = new Trail();
        assertThatThrownBy(() -> groups(builder().observer(trail)).run("group", group -> {
                    group.fork("slow", gate::pass);
                    gate.awaitArrival();
                }))
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("Group 'group'");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(trail.steps())
                .containsExactly(
                        "opened group",
                        "forked slow",
                        "started slow",
                        "cancelled group INTERRUPTED",
                        "asked slow INTERRUPTED",
                        "ended slow CANCELLED",
                        "closed group INTERRUPTED");
    }

    @Test
    default void anInterruptedOwnerWhoseTasksFailedGetsTheFailuresAndTheFlag() {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        Thread owner = Thread.currentThread();
        OnThreads.after(gate, () -> {
            OnThreads.awaitBlocked(owner);
            owner.interrupt();
        });
        assertThatThrownBy(() -> groups().run("group", group -> {
                    group.fork("bad", () -> {
                        try {
                            gate.pass();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException("while stopping");
                        }
                    });
                    gate.awaitArrival();
                }))
                .isInstanceOf(TaskGroupException.class)
                .hasRootCauseMessage("while stopping");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    default void aRequestedCancelThrowsNothingFromRunJoinAndACallWhoseBodyReturned() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        groups().run("group", group -> {
            group.fork("slow", gate::pass);
            gate.awaitArrival();
            group.cancel();
            group.join();
        });
        Integer value = groups().<Integer, RuntimeException>call("group", group -> {
            group.cancel();
            return 1;
        });
        assertThat(value).isEqualTo(1);
        assertThatCode(() -> groups().run("group", group -> {
                    group.cancel();
                    gate.pass();
                }))
                .doesNotThrowAnyException();
    }

    @Test
    default void aRequestedCancelStillThrowsFailures() {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        assertThatThrownBy(() -> groups().run("group", group -> {
                    group.fork("bad", () -> {
                        try {
                            gate.pass();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException("while stopping");
                        }
                    });
                    gate.awaitArrival();
                    group.cancel();
                }))
                .isInstanceOf(TaskGroupException.class)
                .hasRootCauseMessage("while stopping");
    }

    @Test
    default void aRealErrorOfTheBodyAfterARequestedCancelComesAsItself() {
        assertThatThrownBy(() -> groups().run("group", group -> {
                    group.cancel();
                    throw new IOException("real");
                }))
                .isInstanceOf(IOException.class)
                .hasNoSuppressedExceptions();
    }

    @Test
    default void aVirtualMachineErrorOfATaskIsThrownBareAfterAllHaveEnded() {
        OutOfMemoryError fatal = new OutOfMemoryError("simulated");
        Trail trail = new Trail();
        TaskGroupOptions tolerant = TaskGroupOptions.named("group").withPolicy(Policies.TOLERANT);
        assertThatThrownBy(() -> groups().run(tolerant, group -> {
                    group.fork("first", () -> {
                                throw new IllegalStateException("first");
                            })
                            .onCompletion(task -> trail.add("first ended"));
                    group.join();
                    Task<Void> bad = group.fork("bad", () -> {
                        throw fatal;
                    });
                    assertThatThrownBy(bad::await).hasCause(fatal);
                    assertThat(group.isCancelled()).isTrue();
                }))
                .isSameAs(fatal)
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("first"));
        assertThat(trail.steps()).containsExactly("first ended");
    }

    @Test
    default void aLinkageErrorOfTheBodyIsThrownBare() {
        LinkageError fatal = new NoClassDefFoundError("simulated");
        assertThatThrownBy(() -> groups().run("group", group -> {
                    throw fatal;
                }))
                .isSameAs(fatal);
    }

    @Test
    default void aJoinFailureThatTheBodySwallowsIsThrownAgain() {
        Throwable[] swallowed = new Throwable[1];
        assertThatThrownBy(() -> groups().call("group", group -> {
                    group.fork("bad", () -> {
                        throw new IllegalStateException("no seats");
                    });
                    swallowed[0] = catchThrowable(group::join);
                    return 1;
                }))
                .isInstanceOf(TaskGroupException.class)
                .hasMessageContaining("no seats");
        assertThat(swallowed[0]).isInstanceOf(TaskGroupException.class);
    }

    @Test
    default void aPolicyThatFailsWithoutAFailedTaskThrowsWithoutFailures() {
        assertThatThrownBy(() -> groups().run(
                                TaskGroupOptions.named("group").withPolicy(Policies.NEVER_CONTENT),
                                group -> group.fork(() -> 1)))
                .isInstanceOfSatisfying(
                        TaskGroupException.class,
                        failed -> assertThat(failed.failures()).isEmpty())
                .hasMessageContaining("Group 'group' did not reach what its policy asks for");
    }

    @Test
    default void aPolicysDecisionLeavesTheBodyUndisturbed() throws InterruptedException {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        String value = groups().call(TaskGroupOptions.named("group").withPolicy(Policies.FIRST_WINS), group -> {
            Task<Void> slow = group.fork("slow", gate::pass);
            gate.awaitArrival();
            group.fork("quick", () -> 1);
            OnThreads.awaitUntil(() -> slow.state().isTerminal());
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(group.cancelReason()).hasValueSatisfying(why -> {
                assertThat(why.kind()).isEqualTo(CancelReason.Kind.DECIDED);
                assertThat(why.taskName()).contains("quick");
            });
            return "slow " + slow.state();
        });
        assertThat(value).isEqualTo("slow CANCELLED");
    }

    @Test
    default void aPolicyThatThrowsFailsTheGroup() {
        JoinPolicy broken = new JoinPolicy() {
            @Override
            public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
                throw new IllegalStateException("broken policy");
            }

            @Override
            public boolean isSuccess(TaskCounts atJoin) {
                return true;
            }
        };
        assertThatThrownBy(() ->
                        groups().run(TaskGroupOptions.named("group").withPolicy(broken), group -> group.fork(() -> 1)))
                .isInstanceOfSatisfying(
                        TaskGroupException.class,
                        failed -> assertThat(failed.failures())
                                .extracting(TaskFailure::taskName)
                                .containsExactly("policy"));
    }

    @Test
    default void shutdownStopsAGroupWhoseBodyReturned() {
        needsTasksAtOnce(1);
        TaskGroupFactory groups = groups();
        Gate gate = new Gate();
        OnThreads.after(gate, groups::close);
        assertThatThrownBy(() -> groups.call("group", group -> {
                    group.fork("slow", gate::pass);
                    return 1;
                }))
                .isInstanceOfSatisfying(
                        TaskGroupCancelledException.class,
                        cancelled -> assertThat(cancelled.reason().kind()).isEqualTo(CancelReason.Kind.SHUTDOWN));
    }

    @Test
    default void anInterruptThatATaskOnTheOwnersThreadMetIsNotLostWhenAnotherFailed() {
        TaskGroupFactory groups = groups(TaskGroupFactory.builder().executor(new QueueExecutor()));
        assertThatThrownBy(() ->
                        groups.run(TaskGroupOptions.named("group").withPolicy(Policies.NEVER_CONTENT), group -> {
                            group.fork("bad", () -> {
                                throw new IllegalStateException("no seats");
                            });
                            group.fork("inline", () -> {
                                Thread.currentThread().interrupt();
                                new Gate().pass();
                            });
                        }))
                .isInstanceOfSatisfying(
                        TaskGroupException.class,
                        failed -> assertThat(failed.failures())
                                .extracting(TaskFailure::taskName)
                                .containsExactly("bad"));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    default void whatClosingAResourceOfAWokenBodyThrowsIsListed() {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups().run("group", group -> {
                    try (AutoCloseable resource = () -> {
                        throw new IOException("close failed");
                    }) {
                        assertThat(resource).isNotNull();
                        group.fork("bad", () -> {
                            gate.awaitArrival();
                            throw new IllegalStateException("no seats");
                        });
                        gate.pass();
                    }
                }));
        assertThat(failed.failures()).extracting(TaskFailure::taskName).containsExactly("bad", "body");
        assertThat(failed.failures().get(1).exception()).hasMessage("close failed");
    }

    @Test
    default void anInnerBlockThatACancelLeavesEarlyIsNoFailure() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        TaskGroupFactory groups = groups();
        OnThreads.after(
                gate,
                () -> groups.snapshot().stream()
                        .filter(group -> group.name().equals("outer"))
                        .forEach(group -> groups.find(group.id()).orElseThrow().cancel()));
        groups.run("outer", outer -> {
            try (OpenTaskGroup inner = groups.open("inner")) {
                inner.fork("slow", gate::pass);
                inner.join();
            }
        });
    }

    @Test
    default void aFailureThatCannotBeReadIsReportedLikeAnyOther() {
        Unreadable.Failure broken = new Unreadable.Failure();
        assertThatThrownBy(() -> groups().run(
                                "group",
                                group -> group.fork("bad", () -> {
                                    throw broken;
                                })))
                .isInstanceOf(TaskGroupException.class)
                .hasMessageContaining("'bad': io.taskgroup.Unreadable$Failure (its message cannot be read)");
        Throwable ofBody = catchThrowable(() -> groups().run("group", group -> {
            throw broken;
        }));
        assertThat(ofBody == broken).isTrue();
        assertThatThrownBy(() -> groups().run(
                                "group",
                                group -> group.fork("gives up", () -> {
                                    throw new Unreadable.Cancellation();
                                })))
                .isInstanceOf(TaskGroupException.class);
    }

    @Test
    default void aFailureWhoseCauseCannotBeReadEndsItsTask() {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        Task<?>[] stopped = new Task<?>[1];
        Throwable thrown = catchThrowable(() -> groups().run("group", group -> {
            stopped[0] = group.fork("stopped", () -> {
                try {
                    gate.pass();
                } catch (InterruptedException e) {
                    throw new Unreadable.Cause();
                }
            });
            gate.awaitArrival();
            group.cancel();
        }));
        assertThat(thrown instanceof TaskGroupException).isTrue();
        assertThat(stopped[0].state()).isEqualTo(TaskState.FAILED);
    }

    @Test
    default void aJoinFailureThatLeavesTheBodyIsThrownThoughThePolicyIsContentByThen() {
        TaskGroupOptions first = TaskGroupOptions.named("group").withPolicy(JoinPolicy.quorum(1));
        assertThatThrownBy(() -> groups().call(first, group -> {
                    try {
                        group.join();
                        return 1;
                    } catch (TaskGroupException missed) {
                        group.fork(() -> 1).await();
                        throw missed;
                    }
                }))
                .isInstanceOf(TaskGroupException.class);
    }
}
