package io.taskgroup;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A race: the first success ends the group, and is its result. Both are decided where the policy is asked, one task at a
 * time; so a task that succeeds only because it was stopped comes too late.
 */
final class FirstSuccess<T> implements JoinPolicy, GroupBody<T, RuntimeException> {
    private static final JoinPolicy RULES = JoinPolicy.anySuccessful();

    private final List<Callable<? extends T>> runners;
    private volatile @Nullable Task<?> winner;

    FirstSuccess(List<Callable<? extends T>> runners) {
        if (runners.isEmpty()) {
            throw new IllegalArgumentException("tasks is empty; a race needs at least one");
        }
        this.runners = runners;
    }

    @Override
    public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
        if (winner == null && ended.state() == TaskState.SUCCEEDED) {
            winner = ended;
        }
        return RULES.cancelsRest(ended, soFar);
    }

    @Override
    public boolean isSuccess(TaskCounts atJoin) {
        return RULES.isSuccess(atJoin);
    }

    @Override
    @SuppressWarnings("unchecked") // the group has no other tasks
    public T run(TaskGroup group) throws InterruptedException {
        try {
            runners.forEach(group::fork);
        } catch (TaskGroupCancelledException decided) {
            // the race was over before all had started, or the join below says what else ended it
        }
        group.join();
        Task<?> first = winner;
        if (first == null) {
            throw new CancellationException("the race was cancelled before a task had succeeded");
        }
        return ((Task<T>) first).result();
    }

    @Override
    public String toString() {
        return RULES.toString();
    }
}
