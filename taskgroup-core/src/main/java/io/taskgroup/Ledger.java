package io.taskgroup;

import java.util.ArrayList;
import java.util.Comparator;
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
    private static final Comparator<ForkedTask<?>> FORK_ORDER = Comparator.comparingInt(ForkedTask::number);

    private final String groupName;
    private final JoinLatch latch;
    private final Roster<ForkedTask<?>> live = new Roster<>(ForkedTask::placedAt);
    private final Backlog<ForkedTask<?>> backlog = new Backlog<>(live, ForkedTask::couldBegin);

    private volatile @Nullable CancelReason reason;

    private volatile boolean eventful; // whether the monitor was needed: set by whoever has it
    private int refused;
    private int failed;
    private int cancelled;
    private boolean failedOutsideTasks;
    private List<TaskFailure> failures = List.of();
    private List<String> unfinished = List.of();

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
        live.add(task);
    }

    /** Takes back a task that its executor refused: as if it had never been forked. It is still to be settled. */
    synchronized void expel(ForkedTask<?> task) {
        eventful = true;
        live.remove(task.slot());
        task.publish(TaskState.CANCELLED, null);
        if (!latch.takeBack(task.number())) {
            refused++;
        }
    }

    /** A task has succeeded: publishes its outcome. */
    void succeeded(ForkedTask<?> task, @Nullable Object value) {
        live.remove(task.slot());
        task.publish(TaskState.SUCCEEDED, value);
    }

    /** A task has failed: publishes its outcome and, in the same step, lists its failure. */
    synchronized void failed(ForkedTask<?> task, Throwable thrown) {
        eventful = true;
        live.remove(task.slot());
        failed++;
        task.publish(TaskState.FAILED, thrown);
        list(new TaskFailure(task.name(), thrown));
    }

    /**
     * A task was cancelled: publishes its outcome.
     *
     * @param isListed whether the group fails for it
     */
    synchronized void cancelled(ForkedTask<?> task, @Nullable Object thrown, boolean isListed) {
        eventful = true;
        live.remove(task.slot());
        cancelled++;
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
        failedOutsideTasks = true;
        list(failure);
        return true;
    }

    synchronized void list(TaskFailure failure) {
        eventful = true;
        if (failures.isEmpty()) {
            failures = new ArrayList<>();
        }
        failures.add(failure);
    }

    /** Returns whether nothing has happened but successes. */
    boolean isUneventful() {
        return !eventful;
    }

    /** Returns the counts of the tasks that had all ended when the owner saw everything settled. */
    TaskCounts finalCounts() {
        int forked = latch.settledForks();
        return eventful ? counts(forked - refused(), 0) : new TaskCounts(forked, forked, 0, 0);
    }

    private synchronized int refused() {
        return refused;
    }

    /** Returns the counts now. While tasks come and go, one that has just come may pass for a success. */
    TaskCounts counts() {
        int forked = forked(); // before the look: tasks that come later are not missed among the live ones
        return counts(forked, latch.isClosed() ? 0 : live.size());
    }

    private synchronized TaskCounts counts(int forked, int alive) {
        return new TaskCounts(forked, Math.max(0, forked - alive - failed - cancelled), failed, cancelled);
    }

    /** Returns how many tasks were forked; one that was refused is not counted. */
    synchronized int forked() {
        return latch.forked() - refused;
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
        eventful = true;
        reason = why; // before the look: a task that is missed there sees the reason itself
        List<ForkedTask<?>> rest = live();
        if (why.kind() == CancelReason.Kind.TIMEOUT) {
            unfinished = rest.stream().map(ForkedTask::name).toList();
        }
        return Optional.of(rest);
    }

    /** Returns the tasks that could begin and that no thread has begun. */
    Backlog<ForkedTask<?>> backlog() {
        return backlog;
    }

    int liveCount() {
        return live.size();
    }

    /** Returns the live tasks in fork order. */
    List<ForkedTask<?>> live() {
        List<ForkedTask<?>> tasks = live.members();
        tasks.sort(FORK_ORDER);
        return tasks;
    }

    /** Read without the monitor: a reason is set once. */
    @Nullable
    CancelReason reason() {
        return reason;
    }

    synchronized List<TaskFailure> failures() {
        return List.copyOf(failures);
    }

    synchronized List<String> unfinished() {
        return unfinished;
    }

    synchronized boolean hasFailedOutsideTasks() {
        return failedOutsideTasks;
    }
}
