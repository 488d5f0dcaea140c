package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * What OpenJDK's {@code StructuredTaskScopeTest} says beyond {@link AsyncioParityTest}: threads, {@code join} and
 * {@code close} of the try-with-resources form, and what a task shows of itself.
 */
class StructuredTaskScopeParityTest {
    @Nested
    class Platform extends OnPlatformThreads implements Cases {}

    @Nested
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need JDK 21")
    class Virtual extends OnVirtualThreads implements Cases {}

    interface Cases extends ThreadsOfTasks, Join, Close, ShownOfTasks, Joiners {}

    interface ThreadsOfTasks extends Parity {
        @Test
        @StandsFor({"testForkUsesThreadFactory", "testForkCreatesVirtualThread"})
        default void aThreadFactoryMakesOneThreadForEveryTask() throws InterruptedException {
            Set<Thread> made = ConcurrentHashMap.newKeySet();
            Set<Thread> used = ConcurrentHashMap.newKeySet();
            ThreadFactory recording = task -> {
                Thread thread = new Thread(task);
                made.add(thread);
                return thread;
            };
            groups(TaskGroupFactory.builder().threadFactory(recording)).run("group", group -> {
                for (int i = 0; i < 50; i++) {
                    group.fork(() -> {
                        used.add(Thread.currentThread());
                    });
                    group.fork(() -> used.add(Thread.currentThread()));
                }
            });
            assertThat(used).hasSize(100).isEqualTo(made);
        }

        @Test
        @StandsFor("testConfigFunctionThrows")
        default void aCustomizerThatThrowsOpensNothing() {
            Trail trail = new Trail();
            TaskGroupFactory groups = groups(builder().observer(trail).options(options -> {
                throw new IllegalArgumentException("broken configuration");
            }));
            assertThatThrownBy(() -> groups.run("group", group -> trail.add("body")))
                    .hasMessage("broken configuration");
            assertThatThrownBy(() -> groups.open("group")).hasMessage("broken configuration");
            assertThat(trail.steps()).isEmpty();
        }
    }

    interface Join extends Parity {
        @Test
        @StandsFor({"testForkAfterJoinInterrupted", "testInterruptJoin1"})
        default void aJoinWithTheFlagSetThrowsClearsTheFlagAndCancels() throws InterruptedException {
            Gate gate = new Gate();
            try (OpenTaskGroup group = groups().open("group")) {
                Task<Void> slow = group.fork("slow", gate::pass);
                gate.awaitArrival();
                Thread.currentThread().interrupt();
                assertThatThrownBy(group::join).isInstanceOf(InterruptedException.class);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                assertThat(slow.state()).isEqualTo(TaskState.CANCELLED);
                assertThatThrownBy(() -> group.fork(() -> 1)).isInstanceOf(TaskGroupCancelledException.class);
            }
        }

        @Test
        @StandsFor({"testInterruptJoin2", "testCloseAfterJoinThrows"})
        default void anInterruptOfABlockedJoinThrowsAndTheCloseAfterItIsSilent() throws InterruptedException {
            Gate gate = new Gate();
            Thread owner = Thread.currentThread();
            OnThreads.after(gate, () -> {
                OnThreads.awaitBlocked(owner);
                owner.interrupt();
            });
            try (OpenTaskGroup group = groups().open("group")) {
                Task<Void> slow = group.fork("slow", gate::pass);
                assertThatThrownBy(group::join).isInstanceOf(InterruptedException.class);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                assertThatThrownBy(slow::result).isInstanceOf(TaskCancelledException.class);
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }

        @Test
        @StandsFor({"testForkAfterJoinTimeout", "testJoinWithTimeout2", "testTimeoutInterruptsThreads"})
        default void aDeadlineInterruptsTheTasksAndJoinThrowsIt() throws InterruptedException {
            Gate gate = new Gate();
            Trail trail = new Trail();
            try (OpenTaskGroup group = groups().open("group")) {
                Task<Void> slow = group.fork("slow", () -> {
                    try {
                        gate.pass();
                    } catch (InterruptedException e) {
                        trail.add("interrupted");
                        throw e;
                    }
                });
                gate.awaitArrival();
                group.reschedule(Duration.ofMillis(1));
                assertThatThrownBy(group::join)
                        .isInstanceOfSatisfying(
                                TaskGroupTimeoutException.class,
                                late -> assertThat(late.unfinished()).containsExactly("slow"));
                assertThat(slow.state()).isEqualTo(TaskState.CANCELLED);
                assertThatThrownBy(() -> group.fork(() -> 1)).isInstanceOf(TaskGroupCancelledException.class);
            }
            assertThat(trail.steps()).containsExactly("interrupted");
        }

        @Test
        @StandsFor("testJoinWithTimeout1")
        default void tasksThatEndBeforeTheDeadlineSucceed() throws InterruptedException {
            TaskGroupOptions ample = TaskGroupOptions.named("group").withTimeout(Duration.ofDays(1));
            try (OpenTaskGroup group = groups().open(ample)) {
                Task<String> task = group.fork(() -> "foo");
                group.join();
                assertThat(task.result()).isEqualTo("foo");
                assertThat(group.isCancelled()).isFalse();
            }
        }

        @Test
        @StandsFor({"testJoinAfterJoin2", "testJoinAfterJoinTimeout"})
        default void everyFurtherJoinOfAFailedGroupThrowsTheSameFailure() {
            try (OpenTaskGroup group = groups().open("group")) {
                group.fork("bad", Parity.failing("no seats"));
                for (int i = 0; i < 3; i++) {
                    assertThat(Parity.failed(catchThrowable(group::join))).containsExactly("bad");
                }
            }
        }

        @Test
        @StandsFor("testJoinAfterJoinInterrupted")
        default void everyFurtherJoinOfAnInterruptedGroupThrowsInterruptedException() {
            Gate gate = new Gate();
            try (OpenTaskGroup group = groups().open("group")) {
                group.fork("slow", gate::pass);
                Thread.currentThread().interrupt();
                for (int i = 0; i < 3; i++) {
                    assertThatThrownBy(group::join).isInstanceOf(InterruptedException.class);
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                }
            }
        }

        @Test
        @StandsFor("testJoinAfterClose")
        default void aJoinAfterTheCloseIsRefused() {
            OpenTaskGroup group = groups().open("group");
            group.close();
            assertThatThrownBy(group::join)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Group 'group' has ended");
        }

        @Test
        @StandsFor({"testJoinWhenCancelled", "testCancelInterruptsThreads2", "testOnCompleteCancelsExecution"})
        default void aPolicyThatHasSeenEnoughInterruptsTheRestAndJoinEndsWell() throws InterruptedException {
            Gate gate = new Gate();
            Trail trail = new Trail();
            try (OpenTaskGroup group =
                    groups().open(TaskGroupOptions.named("group").withPolicy(Policies.FIRST_WINS))) {
                Task<Void> slow = group.fork("slow", () -> {
                    try {
                        gate.pass();
                    } catch (InterruptedException e) {
                        trail.add("interrupted");
                        throw e;
                    }
                });
                gate.awaitArrival();
                Task<String> quick = group.fork("quick", () -> "bar");
                group.join();
                assertThat(quick.result()).isEqualTo("bar");
                assertThat(slow.state()).isEqualTo(TaskState.CANCELLED);
                assertThat(group.isCancelled()).isTrue();
            }
            assertThat(trail.steps()).containsExactly("interrupted");
        }
    }

    interface Close extends Parity {
        @Test
        @StandsFor("testCloseWithoutJoin2")
        default void aCloseWithoutJoinCancelsTheTasksComplainsOnceAndIsSilentAfterwards() throws InterruptedException {
            Gate gate = new Gate();
            OpenTaskGroup group = groups().open("group");
            Task<Void> slow = group.fork("slow", gate::pass);
            gate.awaitArrival();
            assertThatThrownBy(group::close)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed without join()");
            assertThatCode(group::close).doesNotThrowAnyException();
            assertThat(slow.state()).isEqualTo(TaskState.CANCELLED);
        }

        @Test
        @StandsFor("testCloseConfined")
        default void aTaskCannotCloseItsGroup() throws InterruptedException {
            try (OpenTaskGroup group = groups().open("group")) {
                Task<Throwable> task = group.fork(() -> catchThrowable(group::close));
                group.join();
                assertThat(task.result()).isInstanceOf(IllegalStateException.class);
            }
        }

        @Test
        @StandsFor("testInterruptClose1")
        default void aCloseWithTheFlagSetWaitsForAStubbornTaskAndKeepsTheFlag() throws InterruptedException {
            Gate stubborn = new Gate();
            Trail trail = new Trail();
            Thread owner = Thread.currentThread();
            OpenTaskGroup group = groups().open("group");
            group.fork("stubborn", () -> {
                stubborn.passStubbornly();
                trail.add("left");
            });
            stubborn.awaitArrival();
            OnThreads.after(stubborn, () -> {
                OnThreads.awaitBlocked(owner);
                stubborn.open();
            });
            owner.interrupt();
            assertThatThrownBy(group::close).isInstanceOf(IllegalStateException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(trail.steps()).containsExactly("left");
        }

        @Test
        @StandsFor("testInterruptClose2")
        default void anInterruptOfABlockedCloseDoesNotEndTheWaitAndIsKept() throws InterruptedException {
            Gate stubborn = new Gate();
            Trail trail = new Trail();
            Thread owner = Thread.currentThread();
            OpenTaskGroup group = groups().open("group");
            group.fork("stubborn", () -> {
                stubborn.passStubbornly();
                trail.add("left");
            });
            stubborn.awaitArrival();
            OnThreads.after(stubborn, () -> {
                OnThreads.awaitBlocked(owner);
                owner.interrupt();
                OnThreads.awaitUntil(() -> !owner.isInterrupted());
                OnThreads.awaitBlocked(owner);
                stubborn.open();
            });
            assertThatThrownBy(group::close).isInstanceOf(IllegalStateException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(trail.steps()).containsExactly("left");
        }

        @Test
        @StandsFor("testCloseThrowsStructureViolation")
        default void aGroupWhoseOuterGroupWasClosedTakesNoMoreTasks() {
            TaskGroupFactory groups = groups();
            Trail trail = new Trail();
            OpenTaskGroup outer = groups.open("outer");
            OpenTaskGroup inner = groups.open("inner");
            assertThatThrownBy(outer::close).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> inner.fork(() -> trail.add("ran"))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(inner::join).isInstanceOf(IllegalStateException.class);
            assertThat(trail.steps()).isEmpty();
        }
    }

    interface ShownOfTasks extends Parity {
        @Test
        @StandsFor({"testToString", "testSubtaskToString"})
        default void groupsAndTasksAreShownByTheirNames() throws InterruptedException {
            groups().run("duke", group -> {
                assertThat(group).asString().contains("duke");
                assertThat(group.fork("waving", () -> 1)).asString().contains("duke", "waving");
            });
        }

        @Test
        @StandsFor("testSubtaskWhenSuccess")
        default void aTaskThatSucceededShowsItsResultToEveryThread() throws InterruptedException {
            Gate gate = new Gate();
            Task<String> task = groups().call("group", group -> {
                Task<String> forked = group.fork("task", () -> {
                    gate.pass();
                    return "foo";
                });
                gate.awaitArrival();
                assertThat(forked.state()).isEqualTo(TaskState.RUNNING);
                assertThatThrownBy(forked::result).isInstanceOf(IllegalStateException.class);
                assertThat(onAnotherThread(forked::result)).isInstanceOf(IllegalStateException.class);
                assertThat(forked.exception()).isEmpty();
                gate.open();
                return forked;
            });
            assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(task.result()).isEqualTo("foo");
            assertThat(onAnotherThread(task::result)).isEqualTo("foo");
            assertThat(task.exception()).isEmpty();
        }

        @Test
        @StandsFor("testSubtaskWhenFailed")
        default void aTaskThatFailedShowsItsExceptionToEveryThread() throws InterruptedException {
            IllegalStateException cause = new IllegalStateException("no seats");
            Task<String> task = groups().call(
                            AROUND,
                            group -> group.fork("task", () -> {
                                throw cause;
                            }));
            assertThat(task.state()).isEqualTo(TaskState.FAILED);
            assertThatThrownBy(task::result)
                    .isInstanceOf(TaskFailedException.class)
                    .hasCause(cause);
            assertThat(onAnotherThread(task::result))
                    .isInstanceOfSatisfying(
                            TaskFailedException.class,
                            failed -> assertThat(failed).hasCause(cause));
            assertThat(task.exception()).containsSame(cause);
        }

        @Test
        @StandsFor({"testSubtaskWhenNotCompleted", "testSubtaskWhenCancelled"})
        default void aTaskThatWasCancelledShowsWhyToEveryThread() throws InterruptedException {
            Gate gate = new Gate();
            Task<?>[] task = new Task<?>[1];
            groups().run("group", group -> {
                task[0] = group.fork("task", gate::pass);
                gate.awaitArrival();
                group.cancel("enough");
            });
            assertThat(task[0].state()).isEqualTo(TaskState.CANCELLED);
            assertThatThrownBy(task[0]::result)
                    .isInstanceOfSatisfying(
                            TaskCancelledException.class,
                            cancelled ->
                                    assertThat(cancelled.reason().message()).isEqualTo("enough"));
            assertThat(onAnotherThread(task[0]::result)).isInstanceOf(TaskCancelledException.class);
            assertThat(task[0].exception()).containsInstanceOf(InterruptedException.class);
        }

        /** Returns what the code returns or throws on a thread of its own. */
        private static Object onAnotherThread(Callable<?> code) {
            AtomicReference<Object> seen = new AtomicReference<>();
            CompletableFuture.runAsync(
                            () -> {
                                try {
                                    seen.set(code.call());
                                } catch (Throwable thrown) {
                                    seen.set(thrown);
                                }
                            },
                            task -> new Thread(task).start())
                    .join();
            return seen.get();
        }
    }

    interface Joiners extends Parity {
        Callable<String> FOO = () -> "foo";
        Callable<String> BAR = () -> "bar";
        Callable<String> FAILING = () -> {
            throw new IllegalStateException("no seats");
        };

        /** Returns a task that blocks until it is stopped. */
        private static Callable<String> slow() {
            Gate never = new Gate();
            return () -> {
                never.pass();
                return "bar";
            };
        }

        private static TaskGroupOptions tight(String name) {
            return TaskGroupOptions.named(name).withTimeout(Duration.ofMillis(500)); // time enough to fork
        }

        @Test
        @StandsFor({"testAllSuccessfulOrThrow1", "testAllSuccessfulOrThrow2"})
        default void allGivesTheResultsInOrderAlsoIfThereAreNone() throws InterruptedException {
            assertThat(groups().all("all", List.<Callable<String>>of())).isEmpty();
            assertThat(groups().all("all", List.of(FOO, BAR))).containsExactly("foo", "bar");
        }

        @Test
        @StandsFor("testAllSuccessfulOrThrow3")
        default void allThrowsIfOneFails() {
            assertThat(Parity.failed(catchThrowable(() -> groups().all("all", List.of(FOO, FAILING)))))
                    .containsExactly("all-2");
        }

        @Test
        @StandsFor("testAllSuccessfulOrThrow4")
        default void allThrowsTheDeadline() {
            assertThatThrownBy(() -> groups().all(tight("all"), List.of(FOO, slow())))
                    .isInstanceOfSatisfying(
                            TaskGroupTimeoutException.class,
                            late -> assertThat(late.unfinished()).contains("all-2"));
        }

        @Test
        @StandsFor("testAnySuccessfulOrThrow2")
        default void anyGivesTheResultOfTheOneTask() throws InterruptedException {
            assertThat(groups().any("any", List.of(FOO))).isEqualTo("foo");
        }

        @Test
        @StandsFor("testAnySuccessfulOrThrow3")
        default void aResultThatIsNullWinsARaceLikeAnyOther() throws InterruptedException {
            Callable<String> nothing = () -> null;
            assertThat(groups().any("any", List.of(nothing, slow()))).isNull();
        }

        @Test
        @StandsFor("testAnySuccessfulOrThrow4")
        default void anyThrowsIfAllFail() {
            assertThat(Parity.failed(catchThrowable(() -> groups().any("any", List.of(FAILING, FAILING)))))
                    .containsExactlyInAnyOrder("any-1", "any-2");
        }

        @Test
        @StandsFor("testAnySuccessfulOrThrow5")
        default void aFailureBeforeTheFirstSuccessDoesNotEndTheRace() throws InterruptedException {
            Gate failed = new Gate();
            Callable<String> failing = () -> {
                failed.open();
                throw new IllegalStateException("no seats");
            };
            Callable<String> later = () -> {
                failed.pass();
                return "foo";
            };
            assertThat(groups().any("any", List.of(later, failing))).isEqualTo("foo");
        }

        @Test
        @StandsFor("testAnySuccessfulOrThrow6")
        default void anyThrowsTheDeadlineThoughATaskFailedBefore() {
            assertThatThrownBy(() -> groups().any(tight("any"), List.of(FAILING, slow())))
                    .isInstanceOfSatisfying(
                            TaskGroupTimeoutException.class,
                            late -> assertThat(late.unfinished()).contains("any-2"));
        }

        @Test
        @StandsFor({"testAllUntil1", "testAllUntil2"})
        default void settleGivesEveryTaskWithItsResultOrException() throws InterruptedException {
            assertThat(groups().settle("settle", List.<Callable<String>>of())).isEmpty();
            List<Task<String>> tasks = groups().settle("settle", List.of(FOO, FAILING));
            assertThat(tasks).extracting(Task::state).containsExactly(TaskState.SUCCEEDED, TaskState.FAILED);
            assertThat(tasks.get(0).result()).isEqualTo("foo");
            assertThat(tasks.get(1).exception()).containsInstanceOf(IllegalStateException.class);
        }

        @Test
        @StandsFor("testAllUntil4")
        default void aUsersPolicyEndsTheGroupAfterTwoFailures() throws InterruptedException {
            JoinPolicy twoFailures = new JoinPolicy() {
                @Override
                public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
                    return soFar.failed() >= 2;
                }

                @Override
                public boolean isSuccess(TaskCounts atJoin) {
                    return true;
                }
            };
            Gate gate = new Gate();
            groups().run(TaskGroupOptions.named("group").withPolicy(twoFailures), group -> {
                Task<Void> slow = group.fork("slow", gate::pass);
                gate.awaitArrival();
                for (int i = 0; i < 3; i++) {
                    assertThat(group.fork(FOO).await()).isEqualTo("foo");
                }
                assertThatThrownBy(group.fork(FAILING)::await).isInstanceOf(TaskFailedException.class);
                assertThat(group.isCancelled()).isFalse();
                assertThatThrownBy(group.fork(FAILING)::await).isInstanceOf(TaskFailedException.class);
                assertThat(group.isCancelled()).isTrue();
                OnThreads.awaitUntil(() -> slow.state().isTerminal());
                assertThat(slow.state()).isEqualTo(TaskState.CANCELLED);
            });
        }

        @Test
        @StandsFor({"testAllUntil6", "testTimeoutInvoked"})
        default void settleMovesOnAtTheDeadlineWithEveryTask() throws InterruptedException {
            List<Task<String>> tasks =
                    groups().settle(tight("settle").withOnTimeout(OnTimeout.MOVE_ON), List.of(FOO, slow()));
            assertThat(tasks).hasSize(2).allMatch(task -> task.state().isTerminal());
            assertThat(tasks.get(1).state()).isEqualTo(TaskState.CANCELLED);
        }
    }
}
