package io.taskgroup;

import io.taskgroup.CancelReason.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Asks the policy of a group about ended tasks, one at a time: a thread whose turn it is not leaves its task to the one whose
 * turn it is. The policy is a user's code, and runs without a lock held.
 */
final class Judge {
    private final OwnedGroup group;
    private final JoinPolicy policy;
    private final Consumer<Throwable> complain;
    private final Turn<ForkedTask<?>> judging = new Turn<>();

    // touched by the thread whose turn it is
    private int succeeded;
    private int failed;
    private int cancelled;

    /**
     * The judge of one group.
     *
     * @param complain gets what the policy throws
     */
    Judge(OwnedGroup group, Consumer<Throwable> complain) {
        this.group = group;
        this.policy = group.options().policy();
        this.complain = complain;
    }

    /** Judges a task, and what others bring meanwhile; returns the tasks that were judged. */
    List<ForkedTask<?>> judge(ForkedTask<?> task) {
        List<ForkedTask<?>> judged = new ArrayList<>(1);
        for (ForkedTask<?> next = judging.take(task); next != null; next = judging.next()) {
            judgeOne(next);
            judged.add(next);
        }
        return judged;
    }

    private void judgeOne(ForkedTask<?> task) {
        try {
            boolean cancels = policy.cancelsRest(task, count(task)) || isFatal(task);
            if (cancels && !group.isCancelled()) {
                group.cancel(reason(task));
            }
        } catch (Throwable broken) {
            complain.accept(broken);
        }
    }

    private TaskCounts count(ForkedTask<?> ended) {
        switch (ended.state()) {
            case SUCCEEDED -> succeeded++;
            case FAILED -> failed++;
            case CANCELLED -> cancelled++;
            case PENDING, RUNNING -> throw new IllegalStateException(ended + " has not ended");
        }
        return new TaskCounts(group.ledger().forked(), succeeded, failed, cancelled);
    }

    private static boolean isFatal(ForkedTask<?> task) {
        return task.state() == TaskState.FAILED && Verdict.isFatal(task.thrown());
    }

    private CancelReason reason(ForkedTask<?> ended) {
        return switch (ended.state()) {
            case FAILED ->
                CancelReason.ofTask(
                        Kind.TASK_FAILED, ended.name(), ended + " failed: " + ThrowableText.of(ended.thrown()));
            case CANCELLED ->
                CancelReason.ofTask(Kind.TASK_CANCELLED, ended.name(), ended + " was cancelled on its own");
            case SUCCEEDED, PENDING, RUNNING ->
                CancelReason.ofTask(
                        Kind.DECIDED, ended.name(), "the policy of " + group + " had seen enough after " + ended);
        };
    }
}
