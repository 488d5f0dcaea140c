package io.taskgroup;

import io.taskgroup.CancelReason.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the end of a task: its outcome is published, the policy is asked, awaiters wake, callbacks run,
 * observers are told, and the group's owner is let go.
 *
 * <p>The policy is asked about one task at a time, and one callback runs at a time; a thread whose turn it is not leaves
 * the work to the one whose turn it is. All of it is user code, and none of it runs holding a lock.
 */
final class Settlement {
    private final OwnedGroup group;
    private final Ledger ledger;
    private final JoinPolicy policy;
    private final boolean asksAboutSuccess;
    private final Turn<ForkedTask<?>> judging = new Turn<>();
    private final Turn<Conclusion> calling = new Turn<>();

    // touched by the thread whose turn it is to judge
    private int succeeded;
    private int failed;
    private int cancelled;

    Settlement(OwnedGroup group, Ledger ledger, JoinPolicy policy) {
        this.group = group;
        this.ledger = ledger;
        this.policy = policy;
        this.asksAboutSuccess = JoinPolicies.caresForSuccess(policy);
    }

    /** A task's thread has left the task, or the task will never run. */
    void ended(ForkedTask<?> task, TaskState outcome, @Nullable Object result) {
        switch (outcome) {
            case SUCCEEDED -> ledger.succeeded(task, result);
            case FAILED -> ledger.failed(task, (Throwable) Objects.requireNonNull(result));
            case CANCELLED -> ledger.cancelled(task, result, failsForCancelled(task, result));
            case PENDING, RUNNING -> throw new IllegalArgumentException(task + " has not ended");
        }
        group.dispatcher().leave(task);
        if (outcome == TaskState.SUCCEEDED && !asksAboutSuccess) {
            conclude(task);
        } else {
            judgeInTurn(task);
        }
    }

    private void judgeInTurn(ForkedTask<?> task) {
        List<ForkedTask<?>> judged = new ArrayList<>(1);
        for (ForkedTask<?> next = judging.take(task); next != null; next = judging.next()) {
            judge(next);
            judged.add(next);
        }
        judged.forEach(this::conclude);
    }

    /** A task was taken back by {@code fork}: nobody asks the policy about it. */
    void expelled(ForkedTask<?> task) {
        ledger.expel(task);
        group.dispatcher().leave(task);
        conclude(task);
    }

    /**
     * Whether a cancelled task is listed: one that the group did not cancel itself, if the policy fails for such a task.
     * The policy says that for itself: what would it make of one?
     */
    private boolean failsForCancelled(ForkedTask<?> task, @Nullable Object thrown) {
        if (!Cancellation.isAlone(task.request(), thrown, ledger.reason())) {
            return false;
        }
        try {
            return !policy.isSuccess(new TaskCounts(1, 0, 0, 1));
        } catch (Throwable broken) {
            return true; // it will be asked again, in earnest
        }
    }

    private void judge(ForkedTask<?> task) {
        try {
            boolean cancels = policy.cancelsRest(task, count(task)) || isFatal(task);
            if (cancels && !group.isCancelled()) {
                group.cancel(reason(task));
            }
        } catch (Throwable broken) {
            fail("policy", broken);
        }
    }

    private TaskCounts count(ForkedTask<?> ended) {
        switch (ended.state()) {
            case SUCCEEDED -> succeeded++;
            case FAILED -> failed++;
            case CANCELLED -> cancelled++;
            case PENDING, RUNNING -> throw new IllegalStateException(ended + " has not ended");
        }
        return new TaskCounts(ledger.forked(), succeeded, failed, cancelled);
    }

    private static boolean isFatal(ForkedTask<?> task) {
        return task.state() == TaskState.FAILED && Verdict.isFatal(task.thrown());
    }

    private CancelReason reason(ForkedTask<?> ended) {
        return switch (ended.state()) {
            case FAILED ->
                CancelReason.ofTask(Kind.TASK_FAILED, ended.name(), ended + " failed: " + Texts.of(ended.thrown()));
            case CANCELLED ->
                CancelReason.ofTask(Kind.TASK_CANCELLED, ended.name(), ended + " was cancelled on its own");
            case SUCCEEDED, PENDING, RUNNING ->
                CancelReason.ofTask(
                        Kind.DECIDED, ended.name(), "the policy of " + group + " had seen enough after " + ended);
        };
    }

    /** Wakes those who wait for a task, and runs its callbacks; then the end is announced, and the owner let go. */
    private void conclude(ForkedTask<?> task) {
        Follower.wake(task.releaseFollowers());
        if (task.followers() != Follower.RELEASED) {
            inTurn(new Conclusion(() -> Follower.call(task.takeFollowers()), task::announceEnd));
        } else if (task.announceEnd()) {
            group.settled();
        }
    }

    /** The owner is let go when the turn was passed on: a callback that it adds then finds the turn free. */
    private void inTurn(Conclusion conclusion) {
        Conclusion mine = calling.take(conclusion);
        while (mine != null) {
            CancelScope.runInLibrary(mine.callbacks);
            boolean settles = mine.end.getAsBoolean();
            mine = calling.next();
            if (settles) {
                group.settled();
            }
        }
    }

    /**
     * What is done in turn.
     *
     * @param end what follows from the callbacks; gives whether the owner no longer waits for them
     */
    private record Conclusion(Runnable callbacks, BooleanSupplier end) {}

    /** Adds a callback that calls {@link #run}; of a task whose callbacks have run it is run at once. */
    void addCallback(ForkedTask<?> task, Runnable callback) {
        if (!task.follow(Follower.calling(callback))) {
            boolean pinned = group.latch().pin();
            inTurn(new Conclusion(callback, () -> pinned));
        }
    }

    <T> void run(ForkedTask<T> task, Consumer<? super Task<T>> callback) {
        try {
            callback.accept(task);
        } catch (Throwable broken) {
            if (!isEcho(task, broken)) {
                fail("callback of " + task.name(), broken);
            }
        }
    }

    /** Whether a callback failed only because its task did, or was cancelled, or because the group takes no more tasks. */
    private boolean isEcho(ForkedTask<?> task, Throwable broken) {
        return switch (task.state()) {
                    case FAILED -> broken instanceof TaskFailedException && broken.getCause() == task.thrown();
                    case CANCELLED -> broken instanceof TaskCancelledException;
                    case SUCCEEDED, PENDING, RUNNING -> false;
                }
                || broken instanceof TaskGroupCancelledException refused
                        && refused.reason().equals(ledger.reason());
    }

    /** Fails the group for something beside its tasks. */
    private void fail(String name, Throwable thrown) {
        if (ledger.failOutsideTasks(new TaskFailure(name, thrown))) {
            group.cancel(CancelReason.ofTask(
                    Kind.TASK_FAILED, name, "the " + name + " in " + group + " failed: " + Texts.of(thrown)));
        } else {
            Log.warn("The " + name + " in " + group + " failed after the group had ended", thrown);
        }
    }

    /** Asks the policy at the end whether the group succeeded. */
    boolean isSuccess() {
        boolean content;
        try {
            content = policy.isSuccess(ledger.finalCounts());
        } catch (Throwable broken) {
            ledger.list(new TaskFailure("policy", broken));
            content = false;
        }
        return content && (ledger.isUneventful() || !ledger.hasFailedOutsideTasks());
    }
}
