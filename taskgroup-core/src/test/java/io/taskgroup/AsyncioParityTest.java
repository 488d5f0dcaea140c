package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * What users of {@code asyncio.TaskGroup} know holds here, too: the meaning of every case of CPython's
 * {@code Lib/test/test_asyncio/test_taskgroups.py} (3.11 to 3.15) that has one in Java.
 *
 * <p>{@code asyncio.create_task(runner())} and {@code cancel()} are a task of a group around, and its
 * {@link Task#cancel()}; {@code sleep} is a {@link Gate}; {@code KeyboardInterrupt} is a {@link VirtualMachineError},
 * any other {@code BaseException} an {@link AssertionError}.
 */
class AsyncioParityTest {
    @Nested
    class Platform extends OnPlatformThreads implements Cases {}

    @Nested
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need JDK 21")
    class Virtual extends OnVirtualThreads implements Cases {}

    interface Cases extends Results, Failures, OutsideCancels, NestedGroups, Closed, GroupCancel {}

    interface Results extends Parity {
        @Test
        @StandsFor("test_taskgroup_01")
        default void theResultsAreThereWhenTheGroupIsOver() throws InterruptedException {
            List<Task<Integer>> tasks = groups().call("group", group -> {
                Gate gate = new Gate();
                Task<Integer> first = group.fork(() -> {
                    gate.pass();
                    return 42;
                });
                Task<Integer> second = group.fork(() -> {
                    gate.open();
                    return 11;
                });
                return List.of(first, second);
            });
            assertThat(tasks).extracting(Task::result).containsExactly(42, 11);
        }

        @Test
        @StandsFor("test_taskgroup_02")
        default void aTaskForkedWhileAnotherRunsIsJoinedToo() throws InterruptedException {
            Gate gate = new Gate();
            List<Task<Integer>> tasks = groups().call("group", group -> {
                Task<Integer> first = group.fork(() -> {
                    gate.pass();
                    return 42;
                });
                gate.awaitArrival();
                Task<Integer> second = group.fork(() -> {
                    gate.open();
                    return 11;
                });
                return List.of(first, second);
            });
            assertThat(tasks).extracting(Task::result).containsExactly(42, 11);
        }

        @Test
        @StandsFor("test_taskgroup_03")
        default void aTaskCancelledOnItsOwnIsLetGoUnderCpythonsRule() throws InterruptedException {
            Gate gate = new Gate();
            TaskGroupOptions cpython = TaskGroupOptions.named("group").withPolicy(JoinPolicy.noFailures());
            groups().run(cpython, group -> {
                Task<Void> first = group.fork("first", gate::pass);
                gate.awaitArrival();
                assertThat(first.cancel()).isTrue();
                Task<Integer> second = group.fork("second", () -> 11);
                group.join();
                assertThat(first.state()).isEqualTo(TaskState.CANCELLED);
                assertThat(second.result()).isEqualTo(11);
                assertThat(group.isCancelled()).isFalse();
            });
        }

        @Test
        @StandsFor("test_taskgroup_23")
        default void anEndedTaskIsNoLongerCountedWhileTheGroupGoesOn() throws InterruptedException {
            groups().run("group", group -> {
                List<Gate> gates = Parity.gates(10);
                List<Task<Void>> tasks = new ArrayList<>();
                for (Gate gate : gates) {
                    tasks.add(group.fork(gate::pass));
                }
                assertThat(group.liveTasks()).isEqualTo(10);
                for (int i = 0; i < 10; i++) {
                    gates.get(i).open();
                    tasks.get(i).await();
                    assertThat(group.liveTasks()).isEqualTo(9 - i);
                }
            });
        }

        @Test
        @StandsFor({"test_taskgroup_task_name", "test_name"})
        default void aTaskHasItsNameOutsideAndInside() throws InterruptedException {
            groups().run("group", group -> {
                Task<String> task =
                        group.fork("yolo", () -> Task.current().orElseThrow().name());
                assertThat(task.name()).isEqualTo("yolo");
                assertThat(task.await()).isEqualTo("yolo");
            });
        }

        @Test
        @StandsFor("test_taskgroup_24")
        default void aTaskForksIntoItsGroupWhileTheOwnerAlreadyWaits() throws InterruptedException {
            Trail trail = new Trail();
            groups().run("group", group -> {
                Thread owner = Thread.currentThread();
                group.fork("root", () -> {
                    OnThreads.awaitBlocked(owner);
                    group.fork("leaf", () -> trail.add("leaf ran"));
                    group.fork("leaf", () -> trail.add("leaf ran"));
                });
            });
            assertThat(trail.steps()).containsExactly("leaf ran", "leaf ran");
        }
    }

    interface Failures extends Parity {
        @Test
        @StandsFor("test_taskgroup_04")
        default void aChildThatFailsCancelsItsSiblingAndEndsTheWaitOfTheOwner() {
            Gate gate = new Gate();
            Trail trail = new Trail();
            Task<?>[] sibling = new Task<?>[1];
            Throwable thrown = catchThrowable(() -> {
                groups().run("group", group -> {
                    Thread owner = Thread.currentThread();
                    group.fork("bad", () -> {
                        gate.awaitArrival();
                        OnThreads.awaitBlocked(owner);
                        throw new ArithmeticException("/ by zero");
                    });
                    sibling[0] = group.fork("sibling", () -> {
                        try {
                            gate.pass();
                        } catch (InterruptedException e) {
                            trail.add("sibling woken");
                            throw e;
                        }
                        trail.add("sibling went on");
                    });
                });
                trail.add("code after the group");
            });
            assertThat(Parity.failed(thrown)).containsExactly("bad");
            assertThat(thrown).hasCauseInstanceOf(ArithmeticException.class);
            assertThat(trail.steps()).containsExactly("sibling woken");
            assertThat(sibling[0].state()).isEqualTo(TaskState.CANCELLED);
        }

        @Test
        @StandsFor("test_cancel_children_on_child_error")
        default void childrenThatFailWhileTheBodyIsBlockedCancelTheBodyAndTheOtherChildren() {
            Gate body = new Gate();
            Gate sibling = new Gate();
            Trail trail = new Trail();
            Throwable thrown = catchThrowable(() -> groups().run("group", group -> {
                for (int i = 0; i < 3; i++) {
                    group.fork("bad", () -> {
                        body.awaitArrival();
                        sibling.awaitArrival();
                        throw new ArithmeticException("/ by zero");
                    });
                }
                group.fork("sibling", () -> {
                    try {
                        sibling.pass();
                    } catch (InterruptedException e) {
                        trail.add("woken");
                        throw e;
                    }
                });
                try {
                    body.pass();
                } catch (InterruptedException e) {
                    trail.add("woken");
                    throw e;
                }
            }));
            // those of the three that had not failed when they were asked to stop are cancelled
            assertThat(Parity.failed(thrown)).isNotEmpty().containsOnly("bad");
            assertThat(trail.steps()).containsExactly("woken", "woken");
        }

        @Test
        @StandsFor("test_taskgroup_09")
        default void aBodyThatFailsCancelsItsTasksAndItsExceptionComesAsItIs() {
            List<Gate> gates = Parity.gates(2);
            List<Task<?>> tasks = new ArrayList<>();
            ArithmeticException own = new ArithmeticException("/ by zero");
            assertThatThrownBy(() -> groups().run("group", group -> {
                        for (Gate gate : gates) {
                            tasks.add(group.fork(gate::pass));
                            gate.awaitArrival();
                        }
                        throw own;
                    }))
                    .isSameAs(own)
                    .hasNoSuppressedExceptions();
            assertThat(tasks).hasSize(2).extracting(Task::state).containsOnly(TaskState.CANCELLED);
        }

        @Test
        @StandsFor("test_taskgroup_10")
        default void aBodyThatFailsAtOnceCancelsTasksThatHaveHardlyBegun() {
            Gate never = new Gate();
            List<Task<?>> tasks = new ArrayList<>();
            ArithmeticException own = new ArithmeticException("/ by zero");
            assertThatThrownBy(() -> groups().run("group", group -> {
                        tasks.add(group.fork(never::pass));
                        tasks.add(group.fork(never::pass));
                        throw own;
                    }))
                    .isSameAs(own)
                    .hasNoSuppressedExceptions();
            assertThat(tasks).hasSize(2).extracting(Task::state).containsOnly(TaskState.CANCELLED);
        }

        @Test
        @StandsFor("test_taskgroup_19")
        default void aBodyThatFailsWhenItIsWokenIsListedAfterTheChild() {
            Gate body = new Gate();
            TaskGroupException thrown = catchThrowableOfType(
                    TaskGroupException.class,
                    () -> groups().run("group", group -> {
                        group.fork("bad", () -> {
                            body.awaitArrival();
                            throw new ArithmeticException("/ by zero");
                        });
                        Parity.failingWhenStopped(body, "cleanup").run();
                    }));
            assertThat(thrown.failures())
                    .extracting(TaskFailure::exception)
                    .hasExactlyElementsOfTypes(ArithmeticException.class, IllegalStateException.class);
            assertThat(Parity.failed(thrown)).containsExactly("bad", "body");
        }

        @Test
        @StandsFor("test_taskgroup_20")
        default void anErrorOfTheMachineInAWokenBodyIsThrownBare() {
            Gate body = new Gate();
            StackOverflowError fatal = new StackOverflowError("simulated");
            assertThatThrownBy(() -> groups().run("group", group -> {
                        group.fork("bad", () -> {
                            body.awaitArrival();
                            throw new ArithmeticException("/ by zero");
                        });
                        try {
                            body.pass();
                        } catch (InterruptedException e) {
                            throw fatal;
                        }
                    }))
                    .isSameAs(fatal);
            assertThat(fatal.getSuppressed()).hasExactlyElementsOfTypes(ArithmeticException.class);
        }

        @Test
        @StandsFor("test_taskgroup_20a")
        default void anotherErrorInAWokenBodyIsListedLikeAnyFailure() {
            Gate body = new Gate();
            TaskGroupException thrown = catchThrowableOfType(
                    TaskGroupException.class,
                    () -> groups().run("group", group -> {
                        group.fork("bad", () -> {
                            body.awaitArrival();
                            throw new ArithmeticException("/ by zero");
                        });
                        try {
                            body.pass();
                        } catch (InterruptedException e) {
                            throw new AssertionError("cleanup");
                        }
                    }));
            assertThat(thrown.failures())
                    .extracting(TaskFailure::exception)
                    .hasExactlyElementsOfTypes(ArithmeticException.class, AssertionError.class);
        }

        @Test
        @StandsFor("_test_taskgroup_21")
        default void anErrorOfTheMachineInAChildIsThrownBareThoughTheBodyFailsToo() {
            Gate body = new Gate();
            StackOverflowError fatal = new StackOverflowError("simulated");
            assertThatThrownBy(() -> groups().run("group", group -> {
                        group.fork("bad", () -> {
                            body.awaitArrival();
                            throw fatal;
                        });
                        Parity.failingWhenStopped(body, "cleanup").run();
                    }))
                    .isSameAs(fatal);
            assertThat(fatal.getSuppressed()).hasExactlyElementsOfTypes(IllegalStateException.class);
        }

        @Test
        @StandsFor("test_taskgroup_21a")
        default void anotherErrorInAChildIsListedLikeAnyFailure() {
            Gate body = new Gate();
            TaskGroupException thrown = catchThrowableOfType(
                    TaskGroupException.class,
                    () -> groups().run("group", group -> {
                        group.fork("bad", () -> {
                            body.awaitArrival();
                            throw new AssertionError("no such seat");
                        });
                        Parity.failingWhenStopped(body, "cleanup").run();
                    }));
            assertThat(thrown.failures())
                    .extracting(TaskFailure::exception)
                    .hasExactlyElementsOfTypes(AssertionError.class, IllegalStateException.class);
        }

        @Test
        @StandsFor("test_taskgroup_25")
        default void tasksThatForkWithoutEndAreStoppedByOneFailure() {
            Gate never = new Gate();
            TaskGroupFactory groups = groups();
            TaskGroupOptions byDefault = TaskGroupOptions.named("group");
            for (int round = 0; round < 20; round++) {
                AtomicInteger heads = new AtomicInteger();
                AtomicReference<TaskAction> hydra = new AtomicReference<>();
                Throwable thrown = catchThrowable(() -> groups.run(byDefault, group -> {
                    hydra.set(() -> {
                        if (heads.incrementAndGet() > 100) {
                            never.pass(); // enough threads for a test
                        }
                        group.fork("head", hydra.get());
                        group.fork("head", hydra.get());
                    });
                    group.fork("head", hydra.get());
                    group.fork("hercules", () -> {
                        OnThreads.awaitUntil(() -> heads.get() >= 10);
                        throw new ArithmeticException("/ by zero");
                    });
                }));
                assertThat(Parity.failed(thrown)).containsExactly("hercules");
            }
        }

        @Test
        @StandsFor("test_taskgroup_no_create_task_after_failure")
        default void aSiblingThatIsStoppedCannotForkAnyMore() {
            Gate gate = new Gate();
            Trail trail = new Trail();
            Throwable thrown = catchThrowable(() -> groups().run("group", group -> {
                group.fork("sibling", () -> {
                    try {
                        gate.pass();
                    } catch (InterruptedException e) {
                        assertThatThrownBy(() -> group.fork(() -> trail.add("forked")))
                                .isInstanceOf(TaskGroupCancelledException.class)
                                .hasMessageContaining("/ by zero");
                        trail.add("refused");
                    }
                });
                gate.awaitArrival();
                group.fork("bad", () -> {
                    throw new ArithmeticException("/ by zero");
                });
            }));
            assertThat(Parity.failed(thrown)).containsExactly("bad");
            assertThat(trail.steps()).containsExactly("refused");
        }

        @Test
        @StandsFor("test_taskgroup_context_manager_exit_raises")
        default void aFailureOfTheCleanupInAWokenBodyIsListedAndNoInterruptIsLeft() {
            Gate body = new Gate();
            Throwable thrown = catchThrowable(() -> groups().run("group", group -> {
                group.fork("bad", () -> {
                    body.awaitArrival();
                    throw new ArithmeticException("/ by zero");
                });
                Parity.failingWhenStopped(body, "the connection could not be closed")
                        .run();
            }));
            assertThat(Parity.failed(thrown)).containsExactly("bad", "body");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }

        @Test
        @StandsFor("test_cancels_task_if_created_during_creation")
        default void aTaskIsStoppedByTheFailureOfATaskThatItForked() {
            Trail trail = new Trail();
            assertThat(Parity.failed(forkOfAFailingTask(groups(), trail))).containsExactly("third");
            assertThat(trail.steps()).containsExactly("second woken");
        }

        @Test
        @StandsFor({"test_cancels_task_if_created_during_creation", "TestEagerTaskTaskGroup"})
        default void aTaskIsStoppedByTheFailureOfATaskThatRanWhileItWasForked() {
            Trail trail = new Trail();
            TaskGroupFactory direct = groups(TaskGroupFactory.builder().executor(Runnable::run));
            assertThat(Parity.failed(forkOfAFailingTask(direct, trail))).containsExactly("third");
            assertThat(trail.steps()).containsExactly("second woken");
        }

        private static Throwable forkOfAFailingTask(TaskGroupFactory groups, Trail trail) {
            Gate never = new Gate();
            return catchThrowable(() -> groups.run(
                    "group",
                    group -> group.fork("second", () -> {
                        group.fork("third", Parity.failing("third task failed"));
                        try {
                            never.pass();
                        } catch (InterruptedException e) {
                            trail.add("second woken");
                            throw e;
                        }
                    })));
        }

        @Test
        @StandsFor({"test_cancelling_level_preserved", "test_cancellation_does_not_leak_out_of_tg"})
        default void afterAFailedGroupTheThreadBlocksUndisturbed() throws InterruptedException {
            Gate gate = new Gate();
            assertThatThrownBy(() -> groups().run("group", group -> group.fork("bad", Parity.failing("no seats"))))
                    .isInstanceOf(TaskGroupException.class);
            OnThreads.after(gate, gate::open);
            gate.pass();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    interface OutsideCancels extends Parity {
        @Test
        @StandsFor({"test_cancellation", "test_taskgroup_22"})
        default void cancellingTheTaskThatWaitsForAGroupCancelsEveryTaskOfTheGroup() throws InterruptedException {
            TaskGroupFactory groups = groups();
            List<Gate> gates = Parity.gates(5);
            List<Task<?>> tasks = new ArrayList<>();
            Task<Void> runner = cancelledAt(
                    gates,
                    () -> groups.run("group", group -> {
                        for (Gate gate : gates) {
                            tasks.add(group.fork(gate::pass));
                        }
                    }));
            assertThat(runner.state()).isEqualTo(TaskState.CANCELLED);
            assertThat(runner.exception()).containsInstanceOf(InterruptedException.class);
            assertThatThrownBy(runner::result)
                    .isInstanceOfSatisfying(
                            TaskCancelledException.class,
                            cancelled ->
                                    assertThat(cancelled.reason().message()).isEqualTo("not needed any more"));
            assertThat(tasks).hasSize(5).extracting(Task::state).containsOnly(TaskState.CANCELLED);
        }

        @Test
        @StandsFor({"test_taskgroup_07", "test_cancellation_in_body"})
        default void cancellingTheTaskWhoseBodyIsBlockedWakesTheBodyAndEveryTask() throws InterruptedException {
            TaskGroupFactory groups = groups();
            List<Gate> gates = Parity.gates(5);
            Gate body = new Gate();
            Trail trail = new Trail();
            Task<Void> runner = cancelledAt(
                    body,
                    () -> groups.run("group", group -> {
                        for (Gate gate : gates) {
                            group.fork(gate::pass).onCompletion(task -> trail.add("task " + task.state()));
                            gate.awaitArrival();
                        }
                        try {
                            body.pass();
                        } catch (InterruptedException e) {
                            trail.add("body woken");
                            throw e;
                        }
                    }));
            assertThat(runner.state()).isEqualTo(TaskState.CANCELLED);
            assertThat(trail.steps()).hasSize(6).containsOnly("body woken", "task CANCELLED");
            assertThat(trail.steps()).filteredOn("body woken"::equals).hasSize(1);
        }

        @Test
        @StandsFor("test_taskgroup_08")
        default void failuresWhileAnOutsideCancelStopsTheTasksAreThrownInsteadOfTheCancel()
                throws InterruptedException {
            TaskGroupFactory groups = groups();
            List<Gate> gates = Parity.gates(5);
            Gate body = new Gate();
            Task<Void> runner = cancelledAt(
                    body,
                    () -> groups.run("group", group -> {
                        for (Gate gate : gates) {
                            group.fork("bad", Parity.failingWhenStopped(gate, "cleanup"));
                            gate.awaitArrival();
                        }
                        body.pass();
                    }));
            assertThat(runner.state()).isEqualTo(TaskState.FAILED);
            assertThat(Parity.failed(runner.exception().orElseThrow()))
                    .containsExactly("bad", "bad", "bad", "bad", "bad");
        }

        @Test
        @StandsFor("test_taskgroup_15")
        default void aTaskThatFailsWhileTheBodyTakesItsTimeToStopIsThrown() throws InterruptedException {
            TaskGroupFactory groups = groups();
            Task<Void> runner = runnerOfASlowBody(groups, code -> code);
            assertThat(runner.state()).isEqualTo(TaskState.FAILED);
            assertThat(Parity.failed(runner.exception().orElseThrow())).containsExactly("bad");
        }

        @Test
        @StandsFor("test_taskgroup_16")
        default void aTaskThatFailsWhileANestedBodyTakesItsTimeToStopIsThrownByBothGroups()
                throws InterruptedException {
            TaskGroupFactory groups = groups();
            Task<Void> runner =
                    runnerOfASlowBody(groups, code -> () -> groups.run("outer", outer -> outer.fork("nested", code)));
            assertThat(runner.state()).isEqualTo(TaskState.FAILED);
            assertThat(runner.exception().map(thrown -> ((TaskGroupException) thrown).toTree()))
                    .contains("""
                            outer: TaskGroupException
                              nested: group: TaskGroupException
                                bad: java.lang.IllegalStateException: cleanup""");
        }

        private Task<Void> runnerOfASlowBody(TaskGroupFactory groups, UnaryOperator<TaskAction> nested)
                throws InterruptedException {
            Gate child = new Gate();
            Gate body = new Gate();
            return cancelledAt(
                    List.of(child, body),
                    nested.apply(() -> groups.run("group", group -> {
                        Task<Void> bad = group.fork("bad", Parity.failingWhenStopped(child, "cleanup"));
                        try {
                            body.pass();
                        } catch (InterruptedException e) {
                            OnThreads.awaitUntil(() -> bad.state().isTerminal());
                            throw e;
                        }
                    })));
        }

        @Test
        @StandsFor("test_taskgroup_17")
        default void aGroupWithoutTasksIsStoppedInItsBody() throws InterruptedException {
            TaskGroupFactory groups = groups();
            Gate body = new Gate();
            Trail trail = new Trail();
            Task<Void> runner = cancelledAt(
                    body,
                    () -> groups.run("group", group -> {
                        try {
                            body.pass();
                        } catch (InterruptedException e) {
                            trail.add("woken");
                            throw e;
                        }
                    }));
            assertThat(runner.state()).isEqualTo(TaskState.CANCELLED);
            assertThat(trail.steps()).containsExactly("woken");
        }

        @Test
        @StandsFor("test_taskgroup_18")
        default void aBodyThatAnswersAnOutsideCancelWithAFailureFails() throws InterruptedException {
            TaskGroupFactory groups = groups();
            Gate body = new Gate();
            Task<Void> runner = cancelledAt(
                    body,
                    () -> groups.run(
                            "group",
                            group -> Parity.failingWhenStopped(body, "not a good idea")
                                    .run()));
            assertThat(runner.state()).isEqualTo(TaskState.FAILED);
            assertThat(runner.exception())
                    .hasValueSatisfying(thrown -> assertThat(thrown)
                            .isExactlyInstanceOf(IllegalStateException.class)
                            .hasMessage("not a good idea")
                            .hasNoSuppressedExceptions());
        }

        @Test
        @StandsFor("test_error_and_cancel")
        default void anOutsideCancelWhileAFailedGroupEndsIsStillPendingAfterTheGroup() throws InterruptedException {
            TaskGroupFactory groups = groups();
            Gate stubborn = new Gate();
            Gate after = new Gate();
            Trail trail = new Trail();
            Task<Void> runner = groups.call(AROUND, around -> {
                AtomicReference<Task<Void>> self = new AtomicReference<>();
                self.set(around.fork("runner", () -> {
                    Throwable thrown = catchThrowable(() -> groups.run("group", group -> {
                        group.fork("stubborn", stubborn::passStubbornly);
                        stubborn.awaitArrival();
                        group.fork("bad", Parity.failing("no seats"));
                        Thread owner = Thread.currentThread();
                        OnThreads.after(stubborn, () -> {
                            OnThreads.awaitUntil(group::isCancelled);
                            OnThreads.awaitBlocked(owner);
                            OnThreads.awaitUntil(() -> self.get() != null);
                            self.get().cancel();
                            stubborn.open();
                        });
                    }));
                    trail.add("failed " + Parity.failed(thrown));
                    trail.add("pending " + Thread.currentThread().isInterrupted());
                    after.pass();
                    trail.add("went on");
                }));
                return self.get();
            });
            assertThat(trail.steps()).containsExactly("failed [bad]", "pending true");
            assertThat(runner.state()).isEqualTo(TaskState.CANCELLED);
        }

        @Test
        @StandsFor("test_error_and_cancel")
        default void anOutsideInterruptWhileAFailedGroupEndsIsStillPendingAfterTheGroup() {
            Gate stubborn = new Gate();
            Thread owner = Thread.currentThread();
            Throwable thrown = catchThrowable(() -> groups().run("group", group -> {
                group.fork("stubborn", stubborn::passStubbornly);
                stubborn.awaitArrival();
                group.fork("bad", Parity.failing("no seats"));
                OnThreads.after(stubborn, () -> {
                    OnThreads.awaitUntil(group::isCancelled);
                    OnThreads.awaitBlocked(owner);
                    owner.interrupt();
                    OnThreads.awaitUntil(() -> !owner.isInterrupted());
                    stubborn.open();
                });
            }));
            assertThat(Parity.failed(thrown)).containsExactly("bad");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    interface NestedGroups extends Parity {
        @Test
        @StandsFor("test_taskgroup_11")
        default void failuresInAnInnerGroupWhileTheOuterIsStoppedAreThrown() throws InterruptedException {
            TaskGroupFactory groups = groups();
            List<Gate> gates = Parity.gates(5);
            Gate body = new Gate();
            Task<Void> runner = cancelledAt(
                    body,
                    () -> groups.run(
                            "outer", outer -> groups.run("inner", inner -> failWhenStopped(inner, gates, body))));
            assertThat(runner.state()).isEqualTo(TaskState.FAILED);
            assertThat(runner.exception()).hasValueSatisfying(thrown -> {
                assertThat(((TaskGroupException) thrown).groupName()).isEqualTo("inner");
                assertThat(Parity.failed(thrown)).hasSize(5).containsOnly("bad");
            });
        }

        @Test
        @StandsFor("test_taskgroup_12")
        default void failuresInAnInnerGroupAreThrownAndTheOuterGroupsTaskIsCancelled() throws InterruptedException {
            TaskGroupFactory groups = groups();
            List<Gate> gates = Parity.gates(5);
            Gate body = new Gate();
            Gate slow = new Gate();
            Task<?>[] ofOuter = new Task<?>[1];
            Task<Void> runner = cancelledAt(
                    List.of(body, slow),
                    () -> groups.run("outer", outer -> {
                        ofOuter[0] = outer.fork("slow", slow::pass);
                        groups.run("inner", inner -> failWhenStopped(inner, gates, body));
                    }));
            assertThat(ofOuter[0].state()).isEqualTo(TaskState.CANCELLED);
            assertThat(runner.state()).isEqualTo(TaskState.FAILED);
            assertThat(Parity.failed(runner.exception().orElseThrow()))
                    .hasSize(5)
                    .containsOnly("bad");
        }

        private static void failWhenStopped(TaskGroup group, List<Gate> gates, Gate body) throws InterruptedException {
            for (Gate gate : gates) {
                group.fork("bad", Parity.failingWhenStopped(gate, "cleanup"));
                gate.awaitArrival();
            }
            body.pass();
        }

        @Test
        @StandsFor("test_taskgroup_13")
        default void aFailedTaskOfTheOuterGroupStopsTheInnerGroupAndIsListedAlone() {
            TaskGroupFactory groups = groups();
            Gate slow = new Gate();
            Task<?>[] ofInner = new Task<?>[1];
            Throwable thrown = catchThrowable(() -> groups.run("outer", outer -> {
                outer.fork("bad", () -> {
                    slow.awaitArrival();
                    throw new IllegalArgumentException("outer");
                });
                groups.run("inner", inner -> ofInner[0] = inner.fork("slow", slow::pass));
            }));
            assertThat(Parity.failed(thrown)).containsExactly("bad");
            assertThat(thrown).hasNoSuppressedExceptions();
            assertThat(ofInner[0].state()).isEqualTo(TaskState.CANCELLED);
        }

        @Test
        @StandsFor("test_taskgroup_14")
        default void aFailedTaskOfTheInnerGroupEndsTheOuterGroupAsTheFailureOfItsBody() {
            TaskGroupFactory groups = groups();
            Gate slow = new Gate();
            Task<?>[] ofOuter = new Task<?>[1];
            TaskGroupException thrown = catchThrowableOfType(
                    TaskGroupException.class,
                    () -> groups.run("outer", outer -> {
                        ofOuter[0] = outer.fork("slow", slow::pass);
                        slow.awaitArrival();
                        groups.run("inner", inner -> inner.fork("bad", Parity.failing("inner")));
                    }));
            assertThat(thrown.groupName()).isEqualTo("inner");
            assertThat(Parity.failed(thrown)).containsExactly("bad");
            assertThat(thrown).hasNoSuppressedExceptions();
            assertThat(ofOuter[0].state()).isEqualTo(TaskState.CANCELLED);
        }

        @Test
        @StandsFor("test_nested_groups_both_cancelled")
        default void theCancelOfTheOuterGroupIsStillPendingWhenTheInnerGroupHasFailed() throws InterruptedException {
            TaskGroupFactory groups = groups();
            Gate stubborn = new Gate();
            Gate after = new Gate();
            Trail trail = new Trail();
            Throwable thrown = catchThrowable(() -> groups.run("outer", outer -> {
                Throwable ofInner = catchThrowable(() -> groups.run("inner", inner -> {
                    inner.fork("stubborn", stubborn::passStubbornly);
                    stubborn.awaitArrival();
                    inner.fork("bad", Parity.failing("inner"));
                    outer.fork("worse", () -> {
                        OnThreads.awaitUntil(inner::isCancelled);
                        throw new IllegalArgumentException("outer");
                    });
                    OnThreads.after(stubborn, () -> {
                        OnThreads.awaitUntil(outer::isCancelled);
                        stubborn.open();
                    });
                }));
                trail.add("inner failed " + Parity.failed(ofInner));
                after.pass();
                trail.add("went on");
            }));
            assertThat(trail.steps()).containsExactly("inner failed [bad]");
            assertThat(Parity.failed(thrown)).containsExactly("worse");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }

        @Test
        @StandsFor("test_nested_groups_both_cancelled")
        default void theFailureOfAnInnerGroupThatTheOuterStoppedIsThrownAndTheCancelStaysPending() {
            TaskGroupFactory groups = groups();
            Gate inner = new Gate();
            Trail trail = new Trail();
            Throwable thrown = catchThrowable(() -> groups.run("outer", outer -> {
                Throwable ofInner = catchThrowable(() -> groups.run("inner", in -> {
                    in.fork("bad", Parity.failingWhenStopped(inner, "cleanup"));
                    inner.awaitArrival();
                    outer.fork("worse", Parity.failing("outer"));
                }));
                trail.add("inner failed " + Parity.failed(ofInner));
                trail.add("pending " + Thread.currentThread().isInterrupted());
            }));
            assertThat(trail.steps()).containsExactly("inner failed [bad]", "pending true");
            assertThat(Parity.failed(thrown)).containsExactly("worse");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    interface Closed extends Parity {
        @Test
        @StandsFor({"test_taskgroup_finished", "test_coro_closed_when_tg_closed"})
        default void aGroupThatHasEndedTakesNoTaskAndKeepsNothingOfIt() throws InterruptedException {
            CountingCarrier carrier = new CountingCarrier();
            TaskGroup[] ended = new TaskGroup[1];
            groups(builder().contextCarrier(carrier)).run("group", group -> ended[0] = group);
            assertThatThrownBy(() -> ended[0].fork(() -> 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Group 'group' has ended");
            assertThat(carrier.captured()).isEqualTo(carrier.discarded());
            assertThat(carrier.called()).isZero();
        }

        @Test
        @StandsFor({"test_exception_refcycles_parent_task", "test_exception_refcycles_parent_task_wr"})
        default void aGroupThatHasEndedKeepsNeitherItsTasksNorItsBody() {
            TaskGroup[] ended = new TaskGroup[1];
            List<WeakReference<?>> kept = new ArrayList<>();
            assertThatThrownBy(() -> groups().run("group", bodyThatKeepsNothing(ended, kept)))
                    .isInstanceOf(TaskGroupException.class);
            OnThreads.awaitUntil(() -> {
                System.gc();
                return kept.stream().allMatch(reference -> reference.get() == null);
            });
            assertThat(kept).hasSize(2);
            assertThat(ended[0].isCancelled()).isTrue();
        }

        private static GroupAction<RuntimeException> bodyThatKeepsNothing(
                TaskGroup[] ended, List<WeakReference<?>> kept) {
            GroupAction<RuntimeException> body = group -> {
                ended[0] = group;
                kept.add(new WeakReference<>(group.fork("bad", Parity.failing("no seats"))));
            };
            kept.add(new WeakReference<>(body));
            return body;
        }
    }

    interface GroupCancel extends Parity {
        @Test
        @StandsFor("test_taskgroup_cancel_children")
        default void cancelStopsTheTasksAndTheGroupEndsWithoutAnException() throws InterruptedException {
            List<Gate> gates = Parity.gates(2);
            List<Task<?>> tasks = new ArrayList<>();
            groups().run("group", group -> {
                for (Gate gate : gates) {
                    tasks.add(group.fork(gate::pass));
                    gate.awaitArrival();
                }
                group.cancel();
            });
            assertThat(tasks).hasSize(2).extracting(Task::state).containsOnly(TaskState.CANCELLED);
        }

        @Test
        @StandsFor("test_taskgroup_cancel_body")
        default void aBodyThatCancelsItsGroupEndsWhereItBlocksNext() throws InterruptedException {
            Gate never = new Gate();
            Trail trail = new Trail();
            groups().run("group", group -> {
                group.cancel();
                trail.add("before");
                never.pass();
                trail.add("after");
            });
            assertThat(trail.steps()).containsExactly("before");
        }

        @Test
        @StandsFor("test_taskgroup_cancel_idempotent")
        default void aSecondCancelChangesNothing() throws InterruptedException {
            Gate never = new Gate();
            Trail trail = new Trail();
            groups().run("group", group -> {
                assertThat(group.cancel("first")).isTrue();
                assertThat(group.cancel("second")).isFalse();
                trail.add(group.cancelReason().orElseThrow().message());
                never.pass();
                trail.add("after");
            });
            assertThat(trail.steps()).containsExactly("first");
        }

        @Test
        @StandsFor("test_taskgroup_cancel_after_exit")
        default void aCancelAfterTheEndDoesNothing() throws InterruptedException {
            TaskGroup[] ended = new TaskGroup[1];
            groups().run("group", group -> ended[0] = group);
            assertThat(ended[0].cancel()).isFalse();
            assertThat(ended[0].isCancelled()).isFalse();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }

        @Test
        @StandsFor("test_taskgroup_cancel_before_create_task")
        default void aForkAfterACancelIsRefusedAndTheRefusalEndsTheGroupWithoutAnException()
                throws InterruptedException {
            Trail trail = new Trail();
            groups().run("group", group -> {
                group.cancel();
                assertThatThrownBy(() -> group.fork(() -> trail.add("ran")))
                        .isInstanceOf(TaskGroupCancelledException.class);
            });
            assertThatCode(() -> groups().run("group", group -> {
                        group.cancel();
                        group.fork(() -> trail.add("ran"));
                        trail.add("after");
                    }))
                    .doesNotThrowAnyException();
            assertThat(trail.steps()).isEmpty();
        }

        @Test
        @StandsFor("test_taskgroup_cancel_from_child_before_first_suspension")
        default void aTaskThatCancelsItsGroupIsStoppedWhereItBlocksNext() throws InterruptedException {
            Trail trail = new Trail();
            assertThat(taskThatCancelsItsGroup(groups(), trail).state()).isEqualTo(TaskState.CANCELLED);
            assertThat(trail.steps()).isEmpty();
        }

        @Test
        @StandsFor({"test_taskgroup_cancel_from_child_before_first_suspension", "TestEagerTaskTaskGroup"})
        default void aTaskThatCancelsItsGroupWhileItIsForkedIsStoppedWhereItBlocksNext() throws InterruptedException {
            Trail trail = new Trail();
            TaskGroupFactory direct = groups(TaskGroupFactory.builder().executor(Runnable::run));
            assertThat(taskThatCancelsItsGroup(direct, trail).state()).isEqualTo(TaskState.CANCELLED);
            assertThat(trail.steps()).isEmpty();
        }

        private static Task<?> taskThatCancelsItsGroup(TaskGroupFactory groups, Trail trail)
                throws InterruptedException {
            Gate never = new Gate();
            Task<?>[] child = new Task<?>[1];
            groups.run(
                    "group",
                    group -> child[0] = group.fork("child", () -> {
                        group.cancel();
                        never.pass();
                        trail.add("went on");
                    }));
            return child[0];
        }

        @Test
        @StandsFor("test_taskgroup_cancel_before_exception")
        default void aTaskThatFailsAfterItCancelledTheGroupIsThrown() {
            Gate body = new Gate();
            Throwable thrown = catchThrowable(() -> groups().run("group", group -> {
                group.fork("bad", () -> {
                    body.awaitArrival();
                    group.cancel();
                    throw new ArithmeticException("/ by zero");
                });
                body.pass();
            }));
            assertThat(Parity.failed(thrown)).containsExactly("bad");
        }

        @Test
        @StandsFor("test_taskgroup_cancel_after_exception")
        default void aTaskThatCancelsTheGroupWhileItFailsIsThrown() {
            Gate body = new Gate();
            Throwable thrown = catchThrowable(() -> groups().run("group", group -> {
                group.fork("bad", () -> {
                    body.awaitArrival();
                    try {
                        throw new ArithmeticException("/ by zero");
                    } finally {
                        group.cancel();
                    }
                });
                body.pass();
            }));
            assertThat(Parity.failed(thrown)).containsExactly("bad");
        }

        @Test
        @StandsFor("test_taskgroup_body_cancel_before_exception")
        default void aBodyThatFailsAfterItCancelledTheGroupIsThrownAsItIs() {
            ArithmeticException own = new ArithmeticException("/ by zero");
            assertThatThrownBy(() -> groups().run("group", group -> {
                        group.cancel();
                        throw own;
                    }))
                    .isSameAs(own)
                    .hasNoSuppressedExceptions();
        }

        @Test
        @StandsFor("test_taskgroup_body_cancel_after_exception")
        default void aBodyThatCancelsTheGroupWhileItFailsIsThrownAsItIs() {
            ArithmeticException own = new ArithmeticException("/ by zero");
            assertThatThrownBy(() -> groups().run("group", group -> {
                        try {
                            throw own;
                        } finally {
                            group.cancel();
                        }
                    }))
                    .isSameAs(own)
                    .hasNoSuppressedExceptions();
        }

        @Test
        @StandsFor("test_taskgroup_cancel_one_winner")
        default void theWinnerOfARaceCancelsTheOthers() throws InterruptedException {
            List<Gate> gates = Parity.gates(3);
            Trail trail = new Trail();
            groups().run("race", group -> {
                for (int i = 0; i < 3; i++) {
                    Gate gate = gates.get(i);
                    String name = "runner " + i;
                    group.fork(name, () -> {
                        gate.pass();
                        trail.add(name + " finished");
                        group.cancel(name + " won");
                    });
                    gate.awaitArrival();
                }
                gates.get(1).open();
            });
            assertThat(trail.steps()).containsExactly("runner 1 finished");
        }

        /** As https://github.com/python/cpython/issues/155433 asks for. */
        @Test
        @StandsFor("gh-155433")
        default void anOuterDeadlineThatPassesWhileACancelledGroupEndsIsNotSwallowed() {
            TaskGroupFactory groups = groups();
            Gate stubborn = new Gate();
            Gate after = new Gate();
            Trail trail = new Trail();
            TaskGroupOptions timed = TaskGroupOptions.named("outer").withTimeout(Duration.ofHours(1));
            assertThatThrownBy(() -> groups.run(timed, outer -> {
                        groups.run("inner", inner -> {
                            inner.fork("stubborn", stubborn::passStubbornly);
                            stubborn.awaitArrival();
                            inner.cancel();
                            outer.reschedule(Duration.ofMillis(1));
                            OnThreads.after(stubborn, () -> {
                                OnThreads.awaitUntil(outer::isCancelled);
                                stubborn.open();
                            });
                        });
                        trail.add("inner over");
                        after.pass();
                        trail.add("went on");
                    }))
                    .isInstanceOf(TaskGroupTimeoutException.class);
            assertThat(trail.steps()).containsExactly("inner over");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }

        @Test
        @StandsFor("gh-155433")
        default void anOutsideCancelThatComesWhileACancelledGroupEndsIsNotSwallowed() throws InterruptedException {
            TaskGroupFactory groups = groups();
            Gate stubborn = new Gate();
            Gate after = new Gate();
            Trail trail = new Trail();
            Task<Void> runner = groups.call(AROUND, around -> {
                AtomicReference<Task<Void>> self = new AtomicReference<>();
                self.set(around.fork("runner", () -> {
                    groups.run("group", group -> {
                        group.fork("stubborn", stubborn::passStubbornly);
                        stubborn.awaitArrival();
                        group.cancel();
                        Thread owner = Thread.currentThread();
                        OnThreads.after(stubborn, () -> {
                            OnThreads.awaitBlocked(owner);
                            OnThreads.awaitUntil(() -> self.get() != null);
                            self.get().cancel();
                            stubborn.open();
                        });
                    });
                    trail.add("group over");
                    after.pass();
                    trail.add("went on");
                }));
                return self.get();
            });
            assertThat(trail.steps()).containsExactly("group over");
            assertThat(runner.state()).isEqualTo(TaskState.CANCELLED);
        }
    }
}
