package io.taskgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The books of one group: which tasks live, how the others ended, and why the group was cancelled. A task that succeeds
 * is only counted, and takes no lock. The monitor guards what is written about the others; it is held for a few
 * instructions: no code of a user, no observer, no wake-up runs inside.
 *
 * <pre>
 * open      -> cancelled          cancel: the first reason wins
 * open      -> closed             {@link JoinLatch}, when nothing is unsettled
 * cancelled -> cancelled, closed  the same
 * </pre>
 */
final class Ledger {
    private final String groupName;
    private final JoinLatch latch;
    private final Roster<ForkedTask<?>> live = new Roster<>();
    private volatile @Nullable CancelReason reason;
    private volatile @Nullable Losses losses; // made by whoever has the monitor: most groups have none

    Ledger(String groupName, JoinLatch latch) {
        this.groupName = groupName;
        this.latch = latch;
    }

    /** Throws if the group takes no more tasks. */
    void checkOpen() {
        CancelReason why = reason;
        if (latch.isClosed()) {
            throw new IllegalStateException("Group '" + groupName
                    + "' has ended and takes no more tasks; fork inside its body, or open another group");
        }
        if (why != null) {
            throw new TaskGroupCancelledException(
                    "Group '" + groupName + "' was cancelled and takes no more tasks (" + why + ")", why);
        }
    }

    /** Takes a task into the group, or throws. Whoever cancels the group from now on finds it. */
    void admit(ForkedTask<?> task) {
        int number = latch.fork();
        if (number == 0) {
            checkOpen();
            throw new IllegalStateException(
                    "Group '" + groupName + "' has forked " + latch.forked() + " tasks, and cannot count more");
        }
        task.counted(number);
        live.add(number, task);
    }

    /** Takes back a task that its executor refused: as if it had never been forked. It is still to be settled. */
    synchronized void expel(ForkedTask<?> task) {
        task.page().takeBack(task.number());
        task.publish(TaskState.CANCELLED, null);
        if (!latch.takeBack(task.number())) {
            task.page().strike(task.number());
            losses().refused++;
        }
    }

    /** A task has succeeded: publishes its outcome. */
    void succeeded(ForkedTask<?> task, @Nullable Object value) {
        strike(task);
        task.publish(TaskState.SUCCEEDED, value);
    }

    /** A task has failed: publishes its outcome and, in the same step, lists its failure. */
    synchronized void failed(ForkedTask<?> task, Throwable thrown) {
        strike(task);
        losses().failed++;
        task.publish(TaskState.FAILED, thrown);
        list(new TaskFailure(task.name(), thrown));
    }

    /**
     * A task was cancelled: publishes its outcome.
     *
     * @param isListed whether the group fails for it
     */
    synchronized void cancelled(ForkedTask<?> task, @Nullable Object thrown, boolean isListed) {
        strike(task);
        losses().cancelled++;
        task.publish(TaskState.CANCELLED, thrown);
        if (isListed) {
            list(new TaskFailure(task.name(), Cancellation.of(task)));
        }
    }

    /** Lists what failed beside the tasks, and fails the group whatever the policy says; false if it has ended. */
    synchronized boolean failOutsideTasks(TaskFailure failure) {
        if (latch.isClosed()) {
            return false;
        }
        losses().failedOutsideTasks = true;
        list(failure);
        return true;
    }

    synchronized void list(TaskFailure failure) {
        losses().failures.add(failure);
    }

    /** Returns whether a throwable only tells again what has failed before: as it is, or as {@code await} gives it. */
    boolean lists(Throwable thrown) {
        return failures().stream().anyMatch(failure -> isTold(failure, thrown));
    }

    /** Returns whether a throwable tells a failure. */
    static boolean isTold(TaskFailure failure, Throwable thrown) {
        return failure.exception() == thrown
                || thrown instanceof TaskFailedException && failure.exception() == thrown.getCause();
    }

    /** The task lives no longer. */
    private static void strike(ForkedTask<?> task) {
        task.page().strike(task.number());
    }

    /** Returns what did not go well, to a thread that has the monitor. */
    private Losses losses() {
        Losses made = losses;
        if (made == null) {
            made = new Losses();
            losses = made;
        }
        return made;
    }

    /** Returns whether nothing has happened but successes. */
    boolean isUneventful() {
        return losses == null && reason == null;
    }

    /** Returns the counts of the tasks that had all ended when the owner saw everything settled. */
    TaskCounts finalCounts() {
        int forked = latch.settledForks();
        return losses == null ? new TaskCounts(forked, forked, 0, 0) : finalCounts(forked);
    }

    private synchronized TaskCounts finalCounts(int forked) {
        return counts(forked - losses().refused, 0);
    }

    /** Returns the counts now. While tasks come and go, one that has just come may pass for a success. */
    TaskCounts counts() {
        while (true) {
            int lost = lost();
            int forked = forked(); // before the look: tasks that come later are not missed among the live ones
            TaskCounts counts = counts(forked, latch.isClosed() ? 0 : live.size());
            if (counts.failed() + counts.cancelled() == lost) {
                return counts; // else some have ended that may not have been forked at the first look
            }
        }
    }

    private synchronized int lost() {
        Losses known = losses;
        return known == null ? 0 : known.failed + known.cancelled;
    }

    private synchronized TaskCounts counts(int forked, int alive) {
        Losses known = losses;
        int failed = known == null ? 0 : known.failed;
        int cancelled = known == null ? 0 : known.cancelled;
        return new TaskCounts(forked, Math.max(0, forked - alive - failed - cancelled), failed, cancelled);
    }

    /** Returns how many tasks were forked; one that was refused is not counted, but for a moment. */
    int forked() {
        Losses known = losses;
        return latch.forked() - (known == null ? 0 : known.refused);
    }

    /**
     * Cancels the group, which the caller holds by a pin.
     *
     * @return the live tasks in fork order; empty if the group was cancelled before
     */
    synchronized Optional<List<ForkedTask<?>>> cancel(CancelReason why) {
        if (reason != null) {
            return Optional.empty();
        }
        reason = why; // before the look: a task that is missed there sees the reason itself
        List<ForkedTask<?>> rest = live();
        if (why.kind() == CancelReason.Kind.TIMEOUT) {
            losses().unfinished = rest.stream().map(ForkedTask::name).toList();
        }
        return Optional.of(rest);
    }

    int liveCount() {
        return live.size();
    }

    /** Returns the live tasks in fork order. */
    List<ForkedTask<?>> live() {
        return live.members();
    }

    /** Returns the tasks that could begin and that no thread has begun, as they come and are begun. */
    Backlog<ForkedTask<?>> backlog() {
        return new Backlog<>(live, ForkedTask::couldBegin);
    }

    /** Read without the monitor: a reason is set once. */
    @Nullable
    CancelReason reason() {
        return reason;
    }

    List<TaskFailure> failures() {
        return losses == null ? List.of() : knownFailures();
    }

    private synchronized List<TaskFailure> knownFailures() {
        return List.copyOf(losses().failures);
    }

    synchronized List<String> unfinished() {
        Losses known = losses;
        return known == null ? List.of() : known.unfinished;
    }

    synchronized boolean hasFailedOutsideTasks() {
        Losses known = losses;
        return known != null && known.failedOutsideTasks;
    }

    /** What did not go well in a group. */
    private static final class Losses {
        private volatile int refused;
        private int failed;
        private int cancelled;
        private boolean failedOutsideTasks;
        private final List<TaskFailure> failures = new ArrayList<>();
        private List<String> unfinished = List.of();
    }
}
