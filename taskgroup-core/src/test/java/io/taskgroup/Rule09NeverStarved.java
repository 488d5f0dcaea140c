package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rule 9: a task that waits in a group inside it never deadlocks the threads, however few. */
interface Rule09NeverStarved extends OnThreads {
    @Test
    default void groupsThreeDeepComplete() throws InterruptedException {
        assertThat(leaves(groups(), 3)).isEqualTo(8);
    }

    private static int leaves(TaskGroupFactory groups, int depth) throws InterruptedException {
        if (depth == 0) {
            return 1;
        }
        return groups.<Integer, RuntimeException>call("depth " + depth, group -> {
            Task<Integer> left = group.fork(() -> leaves(groups, depth - 1));
            Task<Integer> right = group.fork(() -> leaves(groups, depth - 1));
            return left.await() + right.await();
        });
    }

    @Test
    default void aTaskAwaitsASiblingThatHasNotStarted() throws InterruptedException {
        Integer sum = groups().<Integer, RuntimeException>call("group", group -> {
            Task<Integer> outer = group.fork("outer", () -> {
                Task<Integer> sibling = group.fork("sibling", () -> 20);
                return sibling.await() + 1;
            });
            return outer.await();
        });
        assertThat(sum).isEqualTo(21);
    }

    @Test
    default void aWaitingOwnerRunsWhatItsExecutorNeverRuns() throws InterruptedException {
        QueueExecutor never = new QueueExecutor();
        TaskGroupFactory groups = groups(TaskGroupFactory.builder().executor(never));
        Integer sum = groups.<Integer, RuntimeException>call("group", group -> {
            Task<Integer> one = group.fork(() -> 1);
            Task<Integer> two = group.fork(() -> 2);
            group.join();
            return one.result() + two.result();
        });
        assertThat(sum).isEqualTo(3);
        never.runAll();
    }

    @Test
    default void anInterruptWhileTheOwnerRunsATaskIsTheOwners() {
        Gate gate = new Gate();
        OnThreads.after(gate, Thread.currentThread()::interrupt);
        Task<?>[] inline = new Task<?>[1];
        TaskGroupFactory groups = groups(TaskGroupFactory.builder().executor(new QueueExecutor()));
        assertThatThrownBy(() -> groups.run("group", group -> inline[0] = group.fork("inline", gate::pass)))
                .isInstanceOf(InterruptedException.class);
        assertThat(inline[0].state()).isEqualTo(TaskState.CANCELLED);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    default void aCancelInterruptsATaskThatTheOwnerRuns() throws InterruptedException {
        Gate gate = new Gate();
        Trail trail = new Trail();
        groups(TaskGroupFactory.builder().executor(new QueueExecutor())).run("group", group -> {
            OnThreads.after(gate, group::cancel);
            group.fork("inline", gate::pass).onCompletion(task -> trail.add("inline " + task.state()));
        });
        assertThat(trail.steps()).containsExactly("inline CANCELLED");
    }

    @Test
    default void noMoreTasksRunAtOnceThanTheLimitSays() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        groups().run(TaskGroupOptions.named("group").withMaxConcurrency(2), group -> {
            for (int i = 0; i < 200; i++) {
                group.fork(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    running.decrementAndGet();
                });
            }
        });
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    default void tasksBeyondTheLimitWaitPending() throws InterruptedException {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        groups().run(TaskGroupOptions.named("group").withMaxConcurrency(1), group -> {
            group.fork("first", gate::pass);
            Task<Integer> second = group.fork("second", () -> 2);
            gate.awaitArrival();
            assertThat(second.state()).isEqualTo(TaskState.PENDING);
            gate.open();
            assertThat(second.await()).isEqualTo(2);
        });
    }

    @Test
    default void aLimitOfOneDoesNotDeadlockTasksThatAwaitEachOther() throws InterruptedException {
        TaskGroupOptions one = TaskGroupOptions.named("group").withMaxConcurrency(1);
        Integer sum = groups().<Integer, RuntimeException>call(one, group -> {
            Task<Integer> outer = group.fork("outer", () -> {
                Task<Integer> middle = group.fork("middle", () -> {
                    Task<Integer> inner = group.fork("inner", () -> 1);
                    return inner.await() + 1;
                });
                return middle.await() + 1;
            });
            return outer.await();
        });
        assertThat(sum).isEqualTo(3);
    }

    @Test
    default void groupsThreeDeepCompleteUnderALimitOfOne() throws InterruptedException {
        TaskGroupFactory groups =
                groups(builder().defaults(TaskGroupOptions.named("any").withMaxConcurrency(1)));
        assertThat(leaves(groups, 3)).isEqualTo(8);
    }

    @Test
    default void aLimitedTaskThatIsCancelledWhileItWaitsGivesUpItsTurn() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        TaskGroupOptions one =
                TaskGroupOptions.named("group").withMaxConcurrency(1).withPolicy(JoinPolicy.noFailures());
        groups().run(one, group -> {
            group.fork("first", gate::pass);
            gate.awaitArrival();
            Task<Integer> second = group.fork("second", () -> 2);
            Task<Integer> third = group.fork("third", () -> 3);
            second.cancel();
            assertThat(second.state()).isEqualTo(TaskState.CANCELLED);
            gate.open();
            assertThat(third.await()).isEqualTo(3);
        });
    }

    @Test
    default void manyTasksUnderALimitOnADirectExecutorDoNotOverflowTheStack() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        TaskGroupFactory groups = groups(TaskGroupFactory.builder().executor(Runnable::run));
        groups.run(
                TaskGroupOptions.named("group").withMaxConcurrency(1),
                group -> group.fork(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        group.fork(() -> {
                            ran.incrementAndGet();
                        });
                    }
                }));
        assertThat(ran).hasValue(20_000);
    }

    @Test
    default void aGroupInsideATaskAwaitsAnUnstartedSiblingOfThatTask() throws InterruptedException {
        TaskGroupFactory groups = groups();
        Integer value = groups.<Integer, RuntimeException>call("outer", outer -> {
            Task<Integer> waiter = outer.fork("waiter", () -> {
                Task<Integer> sibling = outer.fork("sibling", () -> 7);
                return groups.<Integer, RuntimeException>call(
                        "inner", inner -> inner.fork("leaf", sibling::await).await());
            });
            return waiter.await();
        });
        assertThat(value).isEqualTo(7);
    }

    @Test
    default void aTaskThatIsRejectedWhenItsPlaceComesFails() {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        boolean[] full = new boolean[1];
        TaskGroupFactory groups =
                groups(TaskGroupFactory.builder().threadFactory(code -> full[0] ? null : new Thread(code)));
        assertThatThrownBy(() -> groups.run(TaskGroupOptions.named("group").withMaxConcurrency(1), group -> {
                    group.fork("first", gate::pass);
                    group.fork("second", () -> 2);
                    gate.awaitArrival();
                    full[0] = true;
                    gate.open();
                }))
                .isInstanceOf(TaskGroupException.class)
                .hasMessageContaining(
                        "Task 'second' of group 'group' was rejected by its executor when its place came");
    }

    @Test
    default void whoInheritsAPlaceMayAwaitTheOneThatHadIt() throws InterruptedException {
        TaskGroupFactory direct = groups(TaskGroupFactory.builder().executor(Runnable::run));
        List<Integer> sums = new ArrayList<>();
        direct.run(TaskGroupOptions.named("group").withMaxConcurrency(1), group -> {
            Task<?>[] first = new Task<?>[1];
            first[0] = group.fork("first", () -> {
                Task<?> me = Task.current().orElseThrow();
                group.fork("heir", () -> sums.add((Integer) me.await() + 1));
                return 20;
            });
        });
        assertThat(sums).containsExactly(21);
    }
}
