package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
