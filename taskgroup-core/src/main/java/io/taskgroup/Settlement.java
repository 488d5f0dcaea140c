package io.taskgroup;

import io.taskgroup.CancelReason.Kind;
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
    private final boolean asksAboutSuccess;

    // made when they are needed: most groups have neither a failure nor a callback
    private volatile @Nullable Judge judge;
    private @Nullable Turn<Conclusion> calling;

    private volatile @Nullable Thread caller; // runs callbacks, in turn

    Settlement(OwnedGroup group) {
        this.group = group;
        this.asksAboutSuccess = JoinPolicies.caresForSuccess(group.options().policy());
    }

    private Judge judge() {
        Judge made = judge;
        return made != null ? made : makeJudge();
    }

    private synchronized Judge makeJudge() {
        Judge made = judge;
        if (made == null) {
            made = new Judge(group, broken -> fail("policy", broken));
            judge = made;
        }
        return made;
    }

    private synchronized Turn<Conclusion> calling() {
        Turn<Conclusion> made = calling;
        if (made == null) {
            made = new Turn<>();
            calling = made;
        }
        return made;
    }

    /** A task's thread has left the task, or the task will never run. */
    void ended(ForkedTask<?> task, TaskState outcome, @Nullable Object result) {
        switch (outcome) {
            case SUCCEEDED -> group.ledger().succeeded(task, result);
            case FAILED -> group.ledger().failed(task, (Throwable) Objects.requireNonNull(result));
            case CANCELLED -> group.ledger().cancelled(task, result, failsForCancelled(task, result));
            case PENDING, RUNNING -> throw new IllegalArgumentException(task + " has not ended");
        }
        if (outcome == TaskState.SUCCEEDED && !asksAboutSuccess) {
            conclude(task);
        } else {
            conclude(judge().judge(task));
        }
    }

    /** A task was taken back by {@code fork}: nobody asks the policy about it. */
    void expelled(ForkedTask<?> task) {
        group.ledger().expel(task);
        conclude(task);
    }

    /**
     * Whether a cancelled task is listed: one that the group did not cancel itself, if the policy fails for such a task.
     * The policy says that for itself: what would it make of one?
     */
    private boolean failsForCancelled(ForkedTask<?> task, @Nullable Object thrown) {
        if (!Cancellation.isAlone(task.request(), thrown, group.ledger().reason())) {
            return false;
        }
        try {
            return !group.options().policy().isSuccess(new TaskCounts(1, 0, 0, 1));
        } catch (Throwable broken) {
            return true; // it will be asked again, in earnest
        }
    }

    private void conclude(ForkedTask<?> task) {
        Conclusion mine = release(task);
        group.dispatcher().leave(task);
        runInTurn(mine);
    }

    /** One step after the other for all of them: what a callback of one waits for may be the end of another. */
    private void conclude(List<ForkedTask<?>> judged) {
        Conclusion mine = null;
        for (ForkedTask<?> task : judged) {
            Conclusion taken = release(task);
            mine = taken == null ? mine : taken;
        }
        judged.forEach(group.dispatcher()::leave);
        runInTurn(mine);
    }

    /**
     * Lets those go on who wait for a task. If nobody is to be called back, its end is announced, and the owner let go.
     *
     * @return what the calling thread has to do in turn; null if that is nothing, or another has the turn
     */
    private @Nullable Conclusion release(ForkedTask<?> task) {
        if (task.releaseWithoutCallbacks()) {
            if (task.announceEnd()) {
                group.settled();
            }
            return null;
        }
        Conclusion mine = calling().take(new Conclusion(task::callFollowers, task::announceEnd));
        task.releaseFollowers(); // after that: what ends because they go on has its turn later
        return mine;
    }

    /** The owner is let go when the turn was passed on: a callback that it adds then finds the turn free. */
    private void runInTurn(@Nullable Conclusion first) {
        Conclusion mine = first;
        while (mine != null) {
            caller = Thread.currentThread();
            CancelScope.runInLibrary(mine.callbacks);
            caller = null;
            boolean settles = mine.end.getAsBoolean();
            mine = calling().next();
            if (settles) {
                group.settled();
            }
        }
    }

    /** Returns whether the calling thread is in a callback: until it has left that, the group waits for it. */
    boolean isCalledBackByCaller() {
        return caller == Thread.currentThread();
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
            runInTurn(calling().take(new Conclusion(callback, () -> pinned)));
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
                        && refused.reason().equals(group.ledger().reason());
    }

    /** Fails the group for something beside its tasks. */
    private void fail(String name, Throwable thrown) {
        if (group.ledger().failOutsideTasks(new TaskFailure(name, thrown))) {
            group.cancel(CancelReason.ofTask(
                    Kind.TASK_FAILED, name, "the " + name + " in " + group + " failed: " + ThrowableText.of(thrown)));
        } else {
            Log.warn("The " + name + " in " + group + " failed after the group had ended", thrown);
        }
    }

    /** Asks the policy at the end whether the group succeeded. */
    boolean isSuccess() {
        boolean content;
        try {
            content = group.options().policy().isSuccess(group.ledger().finalCounts());
        } catch (Throwable broken) {
            group.ledger().list(new TaskFailure("policy", broken));
            content = false;
        }
        return content && (group.ledger().isUneventful() || !group.ledger().hasFailedOutsideTasks());
    }
}
