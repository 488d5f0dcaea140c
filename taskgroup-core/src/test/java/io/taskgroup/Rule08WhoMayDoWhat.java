package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rule 8: who may fork, join and close; and that a fork which returned is always joined. */
interface Rule08WhoMayDoWhat extends OnThreads {
    @Test
    default void tasksForkTasksAndAllAreJoined() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        groups().run(
                        "group",
                        group -> group.fork(() -> {
                            group.fork(() -> {
                                group.fork(() -> {
                                    ran.incrementAndGet();
                                });
                                ran.incrementAndGet();
                            });
                            ran.incrementAndGet();
                        }));
        assertThat(ran).hasValue(3);
    }

    @Test
    default void anotherThreadMayForkWhileTheOwnerIsWaiting() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        AtomicInteger ran = new AtomicInteger();
        Thread owner = Thread.currentThread();
        groups().run("group", group -> {
            group.fork("holder", gate::pass);
            gate.awaitArrival();
            OnThreads.after(gate, () -> {
                OnThreads.awaitBlocked(owner);
                group.fork(() -> {
                    ran.incrementAndGet();
                });
                gate.open();
            });
        });
        assertThat(ran).hasValue(1);
    }

    @Test
    default void forkAfterTheEndIsRefused() throws InterruptedException {
        TaskGroup[] ended = new TaskGroup[1];
        groups().run("group", group -> ended[0] = group);
        assertThatThrownBy(() -> ended[0].fork(() -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Group 'group' has ended and takes no more tasks; fork inside its body, or open another"
                        + " group");
        assertThat(ended[0].cancel()).isFalse();
        assertThatThrownBy(ended[0]::join).isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void moreForksAndAnotherJoinMayFollowAJoin() throws InterruptedException {
        try (OpenTaskGroup group = groups().open("group")) {
            Task<Integer> first = group.fork(() -> 1);
            group.join();
            Task<Integer> second = group.fork(() -> 2);
            group.join();
            assertThat(first.result() + second.result()).isEqualTo(3);
        }
    }

    @Test
    default void onlyTheOwnerJoinsAndCloses() throws InterruptedException {
        try (OpenTaskGroup group = groups().open("group")) {
            Throwable[] thrown = new Throwable[2];
            Thread other = new Thread(() -> {
                thrown[0] = catchThrowable(group::join);
                thrown[1] = catchThrowable(group::close);
            });
            other.start();
            other.join();
            assertThat(thrown[0])
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("join() of Group 'group' is for the thread that opened it");
            assertThat(thrown[1])
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("close() of Group 'group' is for the thread that opened it");
        }
    }

    @Test
    default void aTaskCannotJoinItsOwnGroup() throws InterruptedException {
        groups().run(
                        "group",
                        group -> group.fork(
                                () -> assertThatThrownBy(group::join).isInstanceOf(IllegalStateException.class)));
    }

    @Test
    default void aTaskCannotAwaitItself() throws InterruptedException {
        groups().run(
                        "group",
                        group -> group.fork("task", () -> {
                            Task<?> me = Task.current().orElseThrow();
                            assertThatThrownBy(me::await)
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessage("Task 'task' of group 'group' would wait for itself, for it cannot end"
                                            + " before the code that waits; await() it in the body, or in a task on"
                                            + " another thread");
                        }));
    }

    @Test
    default void aGroupInsideATaskCannotAwaitThatTask() throws InterruptedException {
        TaskGroupFactory groups = groups();
        groups.run(
                "group",
                group -> group.fork("task", () -> {
                    Task<?> around = Task.current().orElseThrow();
                    groups.run(
                            "inner",
                            inner -> assertThatThrownBy(around::await)
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining("would wait for itself"));
                }));
    }

    @Test
    default void closeWithoutJoinComplains() {
        assertThatThrownBy(() -> {
                    try (OpenTaskGroup group = groups().open("group")) {
                        group.fork(() -> 1);
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Group 'group' was closed without join(); call join() at the end of the block");
    }

    /** However its failure, and the cancellation that follows from it, fall into the wait. */
    @Test
    default void awaitOfAFailingTaskTellsItsFailure() {
        for (int round = 0; round < 1000; round++) {
            assertThatThrownBy(() -> {
                        try (OpenTaskGroup group = groups().open("group")) {
                            group.fork("bad", () -> {
                                        throw new IllegalStateException("no seats");
                                    })
                                    .await();
                        }
                    })
                    .isInstanceOf(TaskFailedException.class);
        }
    }

    @Test
    default void closeWithoutJoinThrowsTheFailures() {
        assertThatThrownBy(() -> {
                    try (OpenTaskGroup group = groups().open("group")) {
                        Task<Void> bad = group.fork("bad", () -> {
                            throw new IllegalStateException("no seats");
                        });
                        assertThatThrownBy(bad::await).isInstanceOf(TaskFailedException.class);
                    }
                })
                .isInstanceOf(TaskGroupException.class)
                .hasMessageContaining("no seats");
    }

    @Test
    default void closeAfterAFailedBlockAddsTheFailuresToItsException() {
        assertThatThrownBy(() -> {
                    try (OpenTaskGroup group = groups().open("group")) {
                        Task<Void> bad = group.fork("bad", () -> {
                            throw new IllegalStateException("no seats");
                        });
                        bad.await();
                    }
                })
                .isInstanceOf(TaskFailedException.class)
                .satisfies(thrown ->
                        assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(TaskGroupException.class));
    }

    @Test
    default void closeWithoutAForkIsSilentAndMayBeRepeated() {
        OpenTaskGroup group = groups().open("group");
        assertThatCode(group::close).doesNotThrowAnyException();
        assertThatCode(group::close).doesNotThrowAnyException();
    }

    @Test
    default void closeOnAnInterruptedThreadKeepsTheFlag() {
        assertThatThrownBy(() -> {
                    try (OpenTaskGroup group = groups().open("group")) {
                        group.fork(() -> 1);
                        Thread.currentThread().interrupt();
                    }
                })
                .isInstanceOf(IllegalStateException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    default void groupsClosedOutOfOrderAreDetectedAndTheThreadStaysUsable() throws InterruptedException {
        TaskGroupFactory groups = groups();
        OpenTaskGroup outer = groups.open("outer");
        OpenTaskGroup inner = groups.open("inner");
        Task<Integer> task = inner.fork(() -> 1);
        assertThatThrownBy(outer::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Group 'outer' ended while Group 'inner', opened inside, was still open; close groups in"
                        + " the reverse order of opening them");
        assertThat(task.state().isTerminal()).isTrue();
        assertThatCode(inner::close).doesNotThrowAnyException();
        assertThat(groups.<Integer, RuntimeException>call(
                        "next", group -> group.fork(() -> 2).await()))
                .isEqualTo(2);
    }

    @Test
    default void aRejectedForkThrowsAndLeavesTheGroupUsable() throws InterruptedException {
        CountingCarrier carrier = new CountingCarrier();
        boolean[] rejects = {true};
        TaskGroupFactory groups =
                groups(TaskGroupFactory.builder().contextCarrier(carrier).executor(task -> {
                    if (rejects[0]) {
                        throw new RejectedExecutionException("full");
                    }
                    task.run();
                }));
        Integer value = groups.<Integer, RuntimeException>call("group", group -> {
            assertThatThrownBy(() -> group.fork("first", () -> 1))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("Task 'first' of group 'group' was rejected by its executor")
                    .hasMessageContaining("full");
            assertThat(group.liveTasks()).isZero();
            assertThat(group.isCancelled()).isFalse();
            assertThat(groups.snapshot().get(0).counts()).isEqualTo(new TaskCounts(0, 0, 0, 0));
            rejects[0] = false;
            Task<Integer> second = group.fork(() -> 2);
            assertThat(second.name()).isEqualTo("group-1");
            return second.await();
        });
        assertThat(value).isEqualTo(2);
        assertThat(carrier.discarded()).isEqualTo(1);
    }

    @Test
    default void aThreadFactoryThatReturnsNullRejects() throws InterruptedException {
        groups(TaskGroupFactory.builder().threadFactory(task -> null))
                .run(
                        "group",
                        group -> assertThatThrownBy(() -> group.fork(() -> 1))
                                .isInstanceOf(RejectedExecutionException.class)
                                .hasMessageContaining("returned null"));
    }

    @Test
    default void aResultThatIsNotThereYetIsRefused() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        groups().run("group", group -> {
            Task<Void> slow = group.fork("slow", gate::pass);
            assertThatThrownBy(slow::result)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Task 'slow' of group 'group' has not ended; await() it, or join() the group first");
            gate.open();
        });
    }

    @Test
    default void aCallbackCannotClose() throws InterruptedException {
        try (OpenTaskGroup group = groups().open("group")) {
            Task<Integer> task = group.fork(() -> 1);
            group.join();
            Throwable[] thrown = new Throwable[1];
            task.onCompletion(ended -> thrown[0] = catchThrowable(group::close));
            assertThat(thrown[0])
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("A callback or an observer cannot close Group 'group'; let the body do it");
        }
    }

    /** It would be for ever: the one below goes on only when the one above has ended. */
    @Test
    default void aTaskCannotAwaitTheOneBelowItOnItsThread() throws InterruptedException {
        TaskGroupFactory direct = groups(TaskGroupFactory.builder().executor(Runnable::run));
        direct.run(
                "group",
                group -> group.fork("below", () -> {
                    Task<?> below = Task.current().orElseThrow();
                    group.fork(
                            "above",
                            () -> assertThatThrownBy(below::await)
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageStartingWith("Task 'below' of group 'group' would wait for itself"));
                }));
    }

    @Test
    default void anUnnamedTaskIsNumberedByItsPlaceAmongAllForksOfItsGroup() throws InterruptedException {
        groups().run("group", group -> {
            assertThat(group.fork(() -> 1).name()).isEqualTo("group-1");
            assertThat(group.fork("named", () -> 2).name()).isEqualTo("named");
            assertThat(group.fork(() -> 3).name()).isEqualTo("group-3");
        });
    }
}
