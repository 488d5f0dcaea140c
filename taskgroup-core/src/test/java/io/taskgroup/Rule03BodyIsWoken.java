package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 3: a cancelled group wakes its body, and the interrupt flag stays what an outside caller made it. */
interface Rule03BodyIsWoken extends OnThreads {
    @Test
    default void aFailingTaskInterruptsABodyThatIsBlockedInForeignCode() {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        Throwable thrown = catchThrowable(() -> groups().run("group", group -> {
            group.fork("bad", () -> {
                gate.awaitArrival();
                throw new IllegalStateException("no seats");
            });
            gate.pass();
        }));
        assertThat(thrown).isInstanceOf(TaskGroupException.class);
        assertThat(((TaskGroupException) thrown).failures()).hasSize(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    default void aBodyThatNeverBlocksKeepsNoFlagAfterTheGroup() {
        needsTasksAtOnce(1);
        assertThatThrownBy(() -> groups().run("group", group -> {
                    group.fork("bad", () -> {
                        throw new IllegalStateException("no seats");
                    });
                    OnThreads.awaitUntil(() -> Thread.currentThread().isInterrupted());
                }))
                .isInstanceOf(TaskGroupException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    default void aBodyThatCancelsItsGroupAndThenBlocksIsWoken() {
        Gate never = new Gate();
        assertThatThrownBy(() -> groups().call("group", group -> {
                    group.cancel("enough");
                    never.pass();
                    return 1;
                }))
                .isInstanceOfSatisfying(
                        TaskGroupCancelledException.class,
                        cancelled -> assertThat(cancelled.reason().message()).isEqualTo("enough"))
                .hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    default void anotherThreadsCancelWakesABlockedBody() throws InterruptedException {
        Gate gate = new Gate();
        Trail trail = new Trail();
        groups().run("group", group -> {
            OnThreads.after(gate, group::cancel);
            try {
                gate.pass();
            } catch (InterruptedException e) {
                trail.add("woken");
                throw e;
            }
        });
        assertThat(trail.steps()).containsExactly("woken");
    }

    @Test
    default void theDeadlineWakesABlockedBody() {
        Gate never = new Gate();
        assertThatThrownBy(() -> groups().run(
                                TaskGroupOptions.named("group").withTimeout(Duration.ofMillis(20)),
                                group -> never.pass()))
                .isInstanceOf(TaskGroupTimeoutException.class);
    }

    @Test
    default void theBodyIsInterruptedOnceOnly() {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        Trail trail = new Trail();
        assertThatThrownBy(() -> groups().run("group", group -> {
                    Task<Void> bad = group.fork("bad", () -> {
                        gate.awaitArrival();
                        throw new IllegalStateException("no seats");
                    });
                    try {
                        gate.pass();
                    } catch (InterruptedException e) {
                        trail.add("woken");
                    }
                    group.cancel();
                    assertThat(bad.cancel()).isFalse();
                    trail.add("flag " + Thread.currentThread().isInterrupted());
                }))
                .isInstanceOf(TaskGroupException.class);
        assertThat(trail.steps()).containsExactly("woken", "flag false");
    }

    @Test
    default void aBodyThatAwaitsIsWokenWithoutAnInterrupt() {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        Trail trail = new Trail();
        assertThatThrownBy(() -> groups().run("group", group -> {
                    Thread body = Thread.currentThread();
                    Task<Void> slow = group.fork("slow", gate::passStubbornly);
                    gate.awaitArrival();
                    group.fork("bad", () -> {
                        OnThreads.awaitBlocked(body);
                        throw new IllegalStateException("no seats");
                    });
                    try {
                        slow.await();
                    } catch (TaskCancelledException e) {
                        trail.add("woken, " + e.reason().kind() + ", slow is " + slow.state() + ", flag "
                                + Thread.currentThread().isInterrupted());
                        gate.open();
                        throw e;
                    }
                }))
                .isInstanceOf(TaskGroupException.class);
        assertThat(trail.steps()).containsExactly("woken, TASK_FAILED, slow is RUNNING, flag false");
    }

    @Test
    default void aBodyThatJoinedWithoutAnErrorIsNotInterruptedLater() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        Trail trail = new Trail();
        groups().run("group", group -> {
            Thread body = Thread.currentThread();
            group.fork("task", gate::pass);
            OnThreads.after(gate, () -> {
                OnThreads.awaitBlocked(body);
                group.cancel();
            });
            gate.awaitArrival();
            group.join();
            trail.add("joined, flag " + Thread.currentThread().isInterrupted());
        });
        assertThat(trail.steps()).containsExactly("joined, flag false");
    }

    @Test
    default void anOutsideInterruptOfTheBodyIsNotLost() {
        Gate gate = new Gate();
        Thread body = Thread.currentThread();
        OnThreads.after(gate, body::interrupt);
        assertThatThrownBy(() -> groups().run("group", group -> gate.pass())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    default void anOutsideInterruptThatNobodySawIsStillSetAfterwards() throws InterruptedException {
        groups().run("group", group -> Thread.currentThread().interrupt());
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    default void aCallOnAnInterruptedThreadThrowsBeforeTheBodyBegins() {
        Trail trail = new Trail();
        TaskGroupFactory groups = groups(builder().observer(trail));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> groups.run("group", group -> trail.add("body")))
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("Group 'group' was not opened");
        assertThat(trail.steps()).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    default void aBodyThatWasToldOfTheFailureByJoinIsNotInterruptedForItToo() {
        needsTasksAtOnce(1);
        assertThatThrownBy(() -> groups().run("group", group -> {
                    Task<Void> bad = group.fork("bad", () -> {
                        throw new IllegalStateException("no seats");
                    });
                    assertThatThrownBy(bad::await).isInstanceOf(TaskFailedException.class);
                    assertThatThrownBy(group::join).isInstanceOf(TaskGroupException.class);
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                }))
                .isInstanceOfSatisfying(TaskGroupException.class, OnThreads.whereOnlyFailed("bad"));
    }

    @Test
    default void theOuterGroupsCancellationStaysPendingWhileAnInnerGroupEnds() {
        needsTasksAtOnce(3);
        Gate inner = new Gate();
        Trail trail = new Trail();
        TaskGroupFactory groups = groups();
        Throwable thrown = catchThrowable(() -> groups.run("outer", outer -> {
            Task<Void> holder = outer.fork("holder", () -> {
                Throwable ofInner = catchThrowable(() -> groups.run("inner", in -> {
                    in.fork("stubborn", () -> {
                        inner.passStubbornly();
                        throw new IllegalStateException("inner failed");
                    });
                    inner.awaitArrival();
                }));
                trail.add("inner threw " + ofInner.getClass().getSimpleName());
                trail.add("pending " + Thread.currentThread().isInterrupted());
                if (ofInner instanceof RuntimeException failure) {
                    throw failure;
                }
            });
            inner.awaitArrival();
            outer.fork("bad", () -> {
                throw new IllegalStateException("outer failed");
            });
            OnThreads.awaitUntil(holder::isCancelRequested);
            inner.open();
        }));
        assertThat(thrown).isInstanceOf(TaskGroupException.class);
        assertThat(trail.steps()).containsExactly("inner threw TaskGroupException", "pending true");
        assertThat(((TaskGroupException) thrown).toTree()).isEqualTo("""
                        outer: TaskGroupException
                          bad: java.lang.IllegalStateException: outer failed
                          holder: inner: TaskGroupException
                            stubborn: java.lang.IllegalStateException: inner failed""");
    }

    /** Nothing has told the body: {@code join} came before, and {@code close} never throws it. */
    @Test
    default void aCancelBetweenJoinAndCloseOfAnInnerGroupStaysPendingForTheBody() throws InterruptedException {
        TaskGroupFactory groups = groups();
        groups.run("outer", outer -> {
            try (OpenTaskGroup inner = groups.open("inner")) {
                inner.fork(() -> 1);
                inner.join();
                outer.cancel();
            }
            assertThat(Thread.interrupted()).isTrue();
        });
    }

    @Test
    default void aCancelBetweenJoinAndCloseOfAnInnerGroupStaysPendingForTheTask() {
        TaskGroupFactory groups = groups();
        List<Boolean> interrupted = new ArrayList<>();
        assertThatThrownBy(() -> groups.run(
                        TaskGroupOptions.named("outer"),
                        outer -> outer.fork(() -> {
                            try (OpenTaskGroup inner = groups.open("inner")) {
                                inner.join();
                                Task.current().orElseThrow().cancel();
                            }
                            interrupted.add(Thread.interrupted());
                            throw new InterruptedException("told");
                        })))
                .isInstanceOf(TaskGroupException.class);
        assertThat(interrupted).containsExactly(true);
    }

    @Test
    default void aBodyThatTheJoinOfAnInnerGroupHasToldIsNotInterruptedForItToo() throws InterruptedException {
        TaskGroupFactory groups = groups();
        groups.run("outer", outer -> {
            try (OpenTaskGroup inner = groups.open("inner")) {
                outer.cancel();
                assertThatThrownBy(inner::join).isInstanceOf(InterruptedException.class);
            }
            assertThat(Thread.interrupted()).isFalse();
        });
    }

    @Test
    default void aBodyThatTheEndOfAnInnerBlockHasToldIsNotInterruptedForItToo() throws InterruptedException {
        TaskGroupFactory groups = groups();
        groups.run("outer", outer -> {
            assertThatThrownBy(() -> groups.run("inner", inner -> outer.cancel()))
                    .isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        });
    }

    /** It leaves the flag set instead. */
    @Test
    default void aCloseWithoutJoinInACancelledBodyDoesNotTellIt() throws InterruptedException {
        TaskGroupFactory groups = groups();
        groups.run("outer", outer -> {
            try (OpenTaskGroup inner = groups.open("inner")) {
                outer.cancel();
                assertThat(inner.isCancelled()).isTrue();
            }
            assertThat(Thread.interrupted()).isTrue();
        });
    }

    @Test
    default void aGroupInsideACancelledTaskIsCancelledWithIt() {
        needsTasksAtOnce(2);
        Gate inner = new Gate();
        Trail trail = new Trail();
        TaskGroupFactory groups = groups();
        assertThatThrownBy(() -> groups.run("outer", outer -> {
                    outer.fork(
                            "holder",
                            () -> groups.run("inner", in -> {
                                assertThat(in.parent()).map(Task::name).contains("holder");
                                Task<Void> slow = in.fork("slow", inner::pass);
                                slow.onCompletion(task -> trail.add("slow " + task.state() + " "
                                        + in.cancelReason().orElseThrow().kind()));
                            }));
                    inner.awaitArrival();
                    throw new IllegalStateException("outer failed");
                }))
                .hasMessage("outer failed")
                .hasNoSuppressedExceptions();
        assertThat(trail.steps()).containsExactly("slow CANCELLED PARENT_CANCELLED");
    }

    @Test
    default void aGroupInsideABodyIsCancelledWithTheGroupAround() {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        TaskGroupFactory groups = groups();
        Throwable thrown = catchThrowable(() -> groups.run("outer", outer -> {
            outer.fork("bad", () -> {
                gate.awaitArrival();
                throw new IllegalStateException("no seats");
            });
            groups.run("inner", inner -> inner.fork("slow", gate::pass));
        }));
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        TaskGroupException.class,
                        failed -> assertThat(failed.failures())
                                .extracting(TaskFailure::taskName)
                                .containsExactly("bad"));
    }

    @Test
    default void theTryWithResourcesFormNeverInterruptsItsBody() {
        needsTasksAtOnce(1);
        Trail trail = new Trail();
        assertThatThrownBy(() -> {
                    try (OpenTaskGroup group = groups().open("group")) {
                        group.fork("bad", () -> {
                            throw new IllegalStateException("no seats");
                        });
                        OnThreads.awaitUntil(group::isCancelled);
                        OnThreads.awaitUntil(() -> group.liveTasks() == 0);
                        trail.add("flag " + Thread.currentThread().isInterrupted());
                        group.join();
                    }
                })
                .isInstanceOf(TaskGroupException.class);
        assertThat(trail.steps()).containsExactly("flag false");
    }

    @Test
    default void anInterruptAfterAwaitHasToldTheBodyIsTheirs() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        Thread body = Thread.currentThread();
        groups().run("group", group -> {
            Task<Void> slow = group.fork("slow", gate::pass);
            gate.awaitArrival();
            OnThreads.after(gate, () -> {
                OnThreads.awaitBlocked(body);
                group.cancel();
            });
            assertThatThrownBy(slow::await).isInstanceOf(TaskCancelledException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            Thread.currentThread().interrupt();
        });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    default void anInterruptWhileACancelledGroupIsJoinedIsTheirs() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        Thread body = Thread.currentThread();
        groups().run("group", group -> {
            group.fork("stubborn", gate::passStubbornly);
            gate.awaitArrival();
            group.cancel();
            OnThreads.after(gate, () -> {
                OnThreads.awaitBlocked(body);
                body.interrupt();
                gate.open();
            });
            group.join();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    default void anOutsideInterruptThatCameBeforeTheCancelIsStillSetAfterwards() throws InterruptedException {
        groups().run("group", group -> {
            Thread.currentThread().interrupt();
            group.cancel();
        });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    default void anOutsideInterruptThatCameBeforeAFailureIsStillSetAfterwards() {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        assertThatThrownBy(() -> groups().run("group", group -> {
                    group.fork("failing", () -> {
                        gate.pass();
                        throw new IllegalStateException("no seats");
                    });
                    gate.awaitArrival();
                    Thread.currentThread().interrupt();
                    gate.open();
                    while (!group.isCancelled()) {
                        Thread.onSpinWait();
                    }
                }))
                .isInstanceOf(TaskGroupException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    default void anOutsideInterruptThatCameBeforeOursAndEndsTheBodyIsSetAgain() {
        Gate never = new Gate();
        assertThatThrownBy(() -> groups().call("group", group -> {
                    Thread.currentThread().interrupt();
                    group.cancel("enough");
                    never.pass();
                    return "not reached";
                }))
                .isInstanceOf(TaskGroupCancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
