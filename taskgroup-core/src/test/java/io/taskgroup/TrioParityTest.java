package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * What Trio's tests of nurseries and cancel scopes ({@code src/trio/_core/_tests/test_run.py}) say beyond those of
 * {@link AsyncioParityTest}. A nursery with its cancel scope is a group.
 */
class TrioParityTest {
    @Nested
    class Platform extends OnPlatformThreads implements Cases {}

    @Nested
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need JDK 21")
    class Virtual extends OnVirtualThreads implements Cases {}

    interface Cases extends Parity {
        @Test
        @StandsFor("test_two_child_crashes")
        default void twoChildrenThatFailAreBothListedInTheOrderTheyFailed() {
            Gate second = new Gate();
            Throwable thrown = catchThrowable(() -> groups().run("group", group -> {
                group.fork("second", Parity.failingWhenStopped(second, "stopped"));
                second.awaitArrival();
                group.fork("first", Parity.failing("crash"));
            }));
            assertThat(Parity.failed(thrown)).containsExactly("first", "second");
        }

        @Test
        @StandsFor("test_main_and_task_both_crash")
        default void aBodyThatFailsFirstIsThrownWithTheTaskThatFailedWhenItWasStopped() {
            Gate gate = new Gate();
            IllegalArgumentException own = new IllegalArgumentException("body");
            assertThatThrownBy(() -> groups().run("group", group -> {
                        group.fork("bad", Parity.failingWhenStopped(gate, "task"));
                        gate.awaitArrival();
                        throw own;
                    }))
                    .isSameAs(own);
            assertThat(own.getSuppressed()).hasSize(1);
            assertThat(Parity.failed(own.getSuppressed()[0])).containsExactly("bad");
        }

        @Test
        @StandsFor("test_nursery_exception_chaining_doesnt_make_context_loops")
        default void aBodyThatFailsBesideATaskMakesNoLoopOfCauses() {
            Gate gate = new Gate();
            Throwable thrown = catchThrowable(() -> groups().run("group", group -> {
                group.fork("bad", () -> {
                    gate.awaitArrival();
                    throw new IllegalStateException("task");
                });
                Parity.failingWhenStopped(gate, "body").run();
            }));
            assertThat(Parity.failed(thrown)).containsExactly("bad", "body");
            assertThat(thrown.getCause()).hasMessage("task").hasNoCause().hasNoSuppressedExceptions();
            assertThat(thrown.getSuppressed())
                    .singleElement()
                    .satisfies(ofBody ->
                            assertThat(ofBody).hasMessage("body").hasNoCause().hasNoSuppressedExceptions());
        }

        @Test
        @StandsFor("test_cancel_inheritance")
        default void aCancelReachesTheTasksOfEveryGroupInside() throws InterruptedException {
            TaskGroupFactory groups = groups();
            List<Gate> gates = Parity.gates(4);
            Trail trail = new Trail();
            groups.run("root", root -> {
                for (int worker = 0; worker < 2; worker++) {
                    List<Gate> leaves = gates.subList(worker * 2, worker * 2 + 2);
                    root.fork(
                            "worker",
                            () -> groups.run("inner", inner -> {
                                for (Gate leaf : leaves) {
                                    inner.fork("leaf", () -> {
                                        try {
                                            leaf.pass();
                                        } catch (InterruptedException e) {
                                            trail.add("leaf woken");
                                            throw e;
                                        }
                                    });
                                }
                            }));
                }
                for (Gate gate : gates) {
                    gate.awaitArrival();
                }
                root.cancel();
            });
            assertThat(trail.steps()).hasSize(4).containsOnly("leaf woken");
        }

        @Test
        @StandsFor("test_cancel_scope_nesting")
        default void ofTwoCancelledGroupsTheOuterEndsAndTheGroupAroundGoesOn() throws InterruptedException {
            TaskGroupFactory groups = groups();
            Gate never = new Gate();
            Trail trail = new Trail();
            groups.run("one", one -> {
                groups.run("two", two -> {
                    groups.run("three", three -> {
                        three.cancel();
                        two.cancel();
                        never.pass();
                        trail.add("three went on");
                    });
                    never.pass();
                    trail.add("two went on");
                });
                trail.add("one goes on, cancelled " + one.isCancelled() + ", flag "
                        + Thread.currentThread().isInterrupted());
            });
            assertThat(trail.steps()).containsExactly("one goes on, cancelled false, flag false");
        }

        @Test
        @StandsFor("test_cancel_scope_nesting")
        default void aCancelThatNobodyMetEndsWithItsGroup() throws InterruptedException {
            Gate gate = new Gate();
            groups().run("group", TaskGroup::cancel);
            OnThreads.after(gate, gate::open);
            gate.pass();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }

        @Test
        @StandsFor("test_cancel_scope_exceptiongroup_filtering")
        default void ofManyCancelledTasksAndOneFailureTheFailureIsLeft() {
            TaskGroupFactory groups = groups();
            List<Gate> gates = Parity.gates(3);
            Gate last = new Gate();
            Throwable thrown = catchThrowable(() -> groups.run(
                    "outer",
                    outer -> groups.run("inner", inner -> {
                        for (Gate gate : gates) {
                            inner.fork("cancelled", gate::pass);
                            gate.awaitArrival();
                        }
                        inner.fork("crasher", Parity.failingWhenStopped(last, "crash"));
                        last.awaitArrival();
                        inner.cancel();
                        outer.cancel();
                    })));
            assertThat(Parity.failed(thrown)).containsExactly("crasher");
        }

        @Test
        @StandsFor({"test_cancel_edge_cases", "test_cancel_points", "test_yield_briefly_checks_for_timeout"})
        default void aCheckpointThrowsEveryTimeOnceTheTaskWasAskedToStop() throws InterruptedException {
            TaskGroupOptions cooperative = TaskGroupOptions.named("group").withCancelMode(CancelMode.COOPERATIVE);
            Trail trail = new Trail();
            groups().run(cooperative, group -> {
                Gate asked = new Gate();
                group.fork("task", () -> {
                    Task.checkpoint();
                    asked.pass();
                    for (int i = 0; i < 3; i++) {
                        try {
                            Task.checkpoint();
                            trail.add("passed");
                        } catch (TaskCancelledException e) {
                            trail.add("stopped");
                        }
                    }
                });
                asked.awaitArrival();
                group.cancel();
                asked.open();
            });
            assertThat(trail.steps()).containsExactly("stopped", "stopped", "stopped");
        }

        @Test
        @StandsFor("test_failed_abort")
        default void aCancelDoesNotWakeCodeThatIgnoresItAndIsSeenByItsNextCheckpoint() throws InterruptedException {
            Gate stubborn = new Gate();
            Trail trail = new Trail();
            groups().run("group", group -> {
                Task<Void> task = group.fork("stubborn", () -> {
                    stubborn.passStubbornly();
                    trail.add("woke");
                    Task.checkpoint();
                    trail.add("went on");
                });
                stubborn.awaitArrival();
                group.cancel();
                trail.add(task.state() + ", asked " + task.isCancelRequested());
                stubborn.open();
            });
            assertThat(trail.steps()).containsExactly("RUNNING, asked true", "woke");
        }

        @Test
        @StandsFor("test_basic_timeout")
        default void aDeadlineThatIsMovedAwayDoesNotPass() throws InterruptedException {
            Gate gate = new Gate();
            String value = groups().call(TaskGroupOptions.named("group").withTimeout(Duration.ofSeconds(10)), group -> {
                group.reschedule(Duration.ofHours(1));
                assertThat(group.remaining())
                        .hasValueSatisfying(left -> assertThat(left).isGreaterThan(Duration.ofMinutes(59)));
                OnThreads.after(gate, gate::open);
                gate.pass();
                return "in time";
            });
            assertThat(value).isEqualTo("in time");
        }

        @Test
        @StandsFor("test_basic_timeout")
        default void aDeadlineThatIsMovedOnEndsTheGroupWithoutAnException() throws InterruptedException {
            Gate never = new Gate();
            Trail trail = new Trail();
            groups().run(
                            TaskGroupOptions.named("group").withTimeout(Duration.ofMillis(20), OnTimeout.MOVE_ON),
                            group -> {
                                never.pass();
                                trail.add("went on");
                            });
            assertThat(trail.steps()).isEmpty();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }

        @Test
        @StandsFor("test_current_effective_deadline")
        default void theNearestDeadlineIsInForce() throws InterruptedException {
            TaskGroupFactory groups = groups();
            groups.run(TaskGroupOptions.named("five").withTimeout(Duration.ofMinutes(5)), five -> {
                groups.run(TaskGroupOptions.named("ten").withTimeout(Duration.ofMinutes(10)), ten -> {
                    assertThat(minutes(ten)).isEqualTo(5);
                    ten.reschedule(Duration.ofMinutes(3));
                    assertThat(minutes(ten)).isEqualTo(3);
                    assertThat(minutes(five)).isEqualTo(5);
                    ten.reschedule(Duration.ofMinutes(10));
                    assertThat(minutes(ten)).isEqualTo(5);
                });
                assertThat(minutes(five)).isEqualTo(5);
            });
        }

        private static long minutes(TaskGroup group) {
            return group.remaining().orElseThrow().plusSeconds(59).toMinutes();
        }

        @Test
        @StandsFor("test_cancel_scope_misnesting")
        default void theTasksOfAGroupClosedOutOfOrderAreCancelled() {
            TaskGroupFactory groups = groups();
            Gate gate = new Gate();
            OpenTaskGroup outer = groups.open("outer");
            OpenTaskGroup inner = groups.open("inner");
            Task<Void> task = inner.fork("task", gate::pass);
            assertThatThrownBy(outer::close)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Group 'inner', opened inside, was still open");
            assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
            inner.close();
        }

        @Test
        @StandsFor({"test_task_tree_introspection", "test_current_task", "test_task_nursery_stack"})
        default void aTaskKnowsItsGroupAndAGroupTheTaskAround() throws InterruptedException {
            TaskGroupFactory groups = groups();
            assertThat(Task.current()).isEmpty();
            groups.run("root", root -> {
                assertThat(root.parent()).isEmpty();
                root.fork("parent", () -> {
                    Task<?> parent = Task.current().orElseThrow();
                    assertThat(parent.group()).isSameAs(root);
                    groups.run(
                            "outer",
                            outer -> groups.run("inner", inner -> {
                                assertThat(outer.parent()).containsSame(parent);
                                assertThat(inner.parent()).containsSame(parent);
                                inner.fork("child", () -> {
                                    Task<?> child = Task.current().orElseThrow();
                                    assertThat(child.group()).isSameAs(inner);
                                    assertThat(child.group().parent()).containsSame(parent);
                                });
                            }));
                    assertThat(Task.current()).containsSame(parent);
                });
            });
            assertThat(Task.current()).isEmpty();
        }

        @Test
        @StandsFor({"test_task_tree_introspection", "test_current_statistics"})
        default void aSnapshotShowsLivingTasksAndTheGroupsInsideThem() throws InterruptedException {
            Gate leaf = new Gate();
            TaskGroupFactory groups = groups();
            groups.run("root", root -> {
                root.fork("ended", () -> {}).await();
                root.fork(
                        "parent",
                        () -> groups.run(
                                "outer", outer -> groups.run("inner", inner -> inner.fork("leaf", leaf::pass))));
                leaf.awaitArrival();
                assertThat(groups.snapshot()).singleElement().satisfies(tree -> {
                    assertThat(tree.name()).isEqualTo("root");
                    assertThat(tree.tasks()).extracting(TaskSnapshot::name).containsExactly("parent");
                    assertThat(tree.tasks().get(0).groups())
                            .extracting(GroupSnapshot::name)
                            .containsExactly("outer", "inner");
                });
                leaf.open();
            });
            assertThat(groups.snapshot()).isEmpty();
        }

        @Test
        @StandsFor("test_nursery_collapse")
        default void aFailureOfANestedGroupKeepsItsPlace() {
            TaskGroupFactory groups = groups();
            List<Gate> gates = Parity.gates(2);
            Throwable thrown = catchThrowable(() -> groups.run("outer", outer -> {
                outer.fork("sleeper", gates.get(0)::pass);
                gates.get(0).awaitArrival();
                groups.run("inner", inner -> {
                    inner.fork("crasher", Parity.failingWhenStopped(gates.get(1), "inner"));
                    gates.get(1).awaitArrival();
                    outer.fork("crasher", Parity.failing("outer"));
                });
            }));
            assertThat(((TaskGroupException) thrown).toTree()).isEqualTo("""
                            outer: TaskGroupException
                              crasher: java.lang.IllegalStateException: outer
                              body: inner: TaskGroupException
                                crasher: java.lang.IllegalStateException: inner""");
        }

        @Test
        @StandsFor("test_very_deep_cancel_scope_nesting")
        default void aCancelReachesTheInnermostOfManyGroups() {
            TaskGroupFactory groups = groups();
            Deque<OpenTaskGroup> open = new ArrayDeque<>();
            for (int depth = 0; depth < 200; depth++) {
                open.push(groups.open("depth " + depth));
            }
            assertThat(open.getLast().cancel()).isTrue();
            assertThat(open).allMatch(TaskGroup::isCancelled);
            open.forEach(OpenTaskGroup::close);
        }
    }
}
