package io.taskgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The books of one group: which tasks live, what failed, what is still to be settled, and whether the group is
 * cancelled or closed. Its monitor guards every field and is held for a few instructions only: no code of a user, no
 * observer, no wake-up runs inside.
 *
 * <pre>
 * OPEN             -> CANCELLED         cancel: the first reason wins
 * OPEN             -> CLOSED            settle at the end, when nothing is unsettled
 * CANCELLED        -> CANCELLED+CLOSED  the same
 * </pre>
 *
 * <p>A group is <i>unsettled</i> while a task has not ended or its end has not been told to all (policy, callbacks,
 * observers), and while somebody is busy cancelling. Only the owner waits for that.
 */
final class Ledger {
    private final String groupName;

    private volatile @Nullable CancelReason reason;
    private boolean closed;
    private boolean joined = true;
    private boolean ownerWaits;

    private @Nullable ForkedTask<?> first;
    private @Nullable ForkedTask<?> last;
    private int live;
    private int unsettled;

    private int numbered;
    private int forked;
    private int succeeded;
    private int failed;
    private int cancelled;
    private boolean failedOutsideTasks;
    private List<TaskFailure> failures = List.of();
    private List<String> unfinished = List.of();

    Ledger(String groupName) {
        this.groupName = groupName;
    }

    /** Throws if the group takes no more tasks. */
    synchronized void checkOpen() {
        if (closed) {
            throw new IllegalStateException("Group '" + groupName
                    + "' has ended and takes no more tasks; fork inside its body, or open another group");
        }
        CancelReason why = reason;
        if (why != null) {
            throw new TaskGroupCancelledException(
                    "Group '" + groupName + "' was cancelled and takes no more tasks (" + why + ")", why);
        }
    }

    /** Takes a task into the group, or throws. */
    synchronized void admit(ForkedTask<?> task) {
        checkOpen();
        task.number = ++numbered;
        task.previous = last;
        if (last == null) {
            first = task;
        } else {
            last.next = task;
        }
        last = task;
        live++;
        unsettled++;
        forked++;
        joined = false;
    }

    private void unlink(ForkedTask<?> task) {
        ForkedTask<?> before = task.previous;
        ForkedTask<?> after = task.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        task.previous = null;
        task.next = null;
        live--;
    }

    /** Takes back a task that its executor refused: as if it had never been forked. It is still to be settled. */
    synchronized void expel(ForkedTask<?> task) {
        unlink(task);
        task.publish(TaskState.CANCELLED, null);
        forked--;
        if (task.number == numbered) {
            numbered--;
        }
    }

    /**
     * The task has ended: publishes its outcome and, in the same step, lists its failure.
     *
     * @param listsCancelled whether the policy fails for a task that was cancelled on its own
     */
    synchronized void ended(ForkedTask<?> task, TaskState outcome, @Nullable Object result, boolean listsCancelled) {
        unlink(task);
        task.publish(outcome, result);
        if (outcome == TaskState.FAILED) {
            list(new TaskFailure(task.name(), task.thrown()));
        } else if (outcome == TaskState.CANCELLED && listsCancelled && isCancelledAlone(task)) {
            list(new TaskFailure(task.name(), task.cancellation()));
        }
    }

    /** Not by the group, which may have been cancelled and not have asked this task yet, and not with its owner. */
    private boolean isCancelledAlone(ForkedTask<?> task) {
        StopRequest request = task.request();
        return request == null ? reason == null && !task.wasStoppedWithOwner() : request.reason != reason;
    }

    /** Lists what failed beside the tasks, and fails the group whatever the policy says; false if it has ended. */
    synchronized boolean failOutsideTasks(TaskFailure failure) {
        if (closed) {
            return false;
        }
        failedOutsideTasks = true;
        list(failure);
        return true;
    }

    synchronized void list(TaskFailure failure) {
        if (failures.isEmpty()) {
            failures = new ArrayList<>();
        }
        failures.add(failure);
    }

    /** Counts a task that has ended, in the order in which the policy is asked. */
    synchronized TaskCounts count(ForkedTask<?> task) {
        switch (task.state()) {
            case SUCCEEDED -> succeeded++;
            case FAILED -> failed++;
            case CANCELLED -> cancelled++;
            case PENDING, RUNNING -> throw new IllegalStateException(task + " has not ended");
        }
        return counts();
    }

    synchronized TaskCounts counts() {
        return new TaskCounts(forked, succeeded, failed, cancelled);
    }

    /**
     * Cancels the group, and takes a pin that {@link #settled} releases.
     *
     * @return the live tasks in fork order; empty if the group was cancelled before, or is closed
     */
    synchronized Optional<List<ForkedTask<?>>> cancel(CancelReason why) {
        if (closed || reason != null) {
            return Optional.empty();
        }
        List<ForkedTask<?>> rest = live();
        if (why.kind() == CancelReason.Kind.TIMEOUT) {
            unfinished = rest.stream().map(ForkedTask::name).toList();
        }
        reason = why;
        unsettled++;
        return Optional.of(rest);
    }

    /** Takes a pin for a late callback, unless the group is closed. */
    synchronized boolean pin() {
        if (closed) {
            return false;
        }
        unsettled++;
        return true;
    }

    /** Releases a pin; true if the owner is to be woken. */
    synchronized boolean settled() {
        return --unsettled == 0 && ownerWaits;
    }

    /**
     * Asked by the owner: whether everything is settled.
     *
     * @param close whether the group ends with this
     */
    synchronized boolean isSettled(boolean close) {
        ownerWaits = unsettled > 0;
        if (ownerWaits) {
            return false;
        }
        joined = true;
        closed |= close;
        return true;
    }

    /** Returns a live task that has a place and that no thread has begun; none of a cancelled group. */
    synchronized @Nullable ForkedTask<?> unstarted() {
        ForkedTask<?> task = reason == null ? first : null;
        while (task != null && !(task.hasPlace && task.isNew())) {
            task = task.next;
        }
        return task;
    }

    synchronized int liveCount() {
        return live;
    }

    /** Returns the live tasks in fork order. */
    synchronized List<ForkedTask<?>> live() {
        List<ForkedTask<?>> tasks = new ArrayList<>(live);
        for (ForkedTask<?> task = first; task != null; task = task.next) {
            tasks.add(task);
        }
        return tasks;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Whether every fork was joined. */
    synchronized boolean isJoined() {
        return joined;
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

    // ---- what is kept at a task, guarded by the same monitor

    /** Adds a callback; false if those of the task have run, or are running. */
    synchronized boolean addCallback(ForkedTask<?> task, Runnable callback) {
        if (task.concluded) {
            return false;
        }
        if (task.callbacks.isEmpty()) {
            task.callbacks = new ArrayList<>(1);
        }
        task.callbacks.add(callback);
        return true;
    }

    /** Returns whether an ended task has callbacks to run; if not, those that come later run on their own. */
    synchronized boolean hasCallbacks(ForkedTask<?> task) {
        task.concluded = task.callbacks.isEmpty();
        return !task.concluded;
    }

    /** Returns the callbacks of an ended task; those that come later run on their own. */
    synchronized List<Runnable> takeCallbacks(ForkedTask<?> task) {
        List<Runnable> taken = task.callbacks;
        task.callbacks = List.of();
        task.concluded = true;
        return taken;
    }

    /** Adds a thread that awaits the task; false if the task is ready to be awaited. */
    synchronized boolean addWaiter(ForkedTask<?> task, Thread waiter) {
        if (task.isReady()) {
            return false;
        }
        if (task.waiters.isEmpty()) {
            task.waiters = new ArrayList<>(1);
        }
        task.waiters.add(waiter);
        return true;
    }

    synchronized List<Thread> waiters(ForkedTask<?> task) {
        return List.copyOf(task.waiters);
    }

    synchronized boolean ownerWaits() {
        return ownerWaits;
    }

    synchronized void removeWaiter(ForkedTask<?> task, Thread waiter) {
        if (!task.isReady()) {
            task.waiters.remove(waiter);
        }
    }

    /** The policy has been asked about an ended task: returns the threads that await it. */
    synchronized List<Thread> ready(ForkedTask<?> task) {
        task.setReady();
        List<Thread> waiting = task.waiters;
        task.waiters = List.of();
        return waiting;
    }
}
