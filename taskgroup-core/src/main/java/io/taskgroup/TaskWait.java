package io.taskgroup;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One thread's wait for one task of a group. */
final class TaskWait {
    private final ForkedTask<?> task;
    private final OwnedGroup group;
    private final Ledger ledger;
    private final @Nullable CancelScope waiter;

    TaskWait(ForkedTask<?> task, OwnedGroup group) {
        this.task = task;
        this.group = group;
        this.ledger = group.ledger();
        this.waiter = CurrentScope.get();
    }

    /** Waits until the task has ended and the policy was asked about it. */
    void await() throws InterruptedException {
        checkNotInsideTask();
        if (waiter == null) {
            park();
            return;
        }
        boolean back = waiter.away();
        try {
            park();
            if (tellsOfCancel(waiter)) {
                waiter.told();
            }
        } finally {
            if (back) {
                waiter.back(false);
            }
        }
    }

    /** Whether what {@code await} is about to throw tells the group's body that the group was cancelled. */
    private boolean tellsOfCancel(CancelScope waiter) {
        StopRequest request = task.request();
        return waiter == group.body()
                && request != null
                && request.reason == ledger.reason()
                && task.state() == TaskState.CANCELLED;
    }

    private void park() throws InterruptedException {
        Follower follower = Follower.waiting(Thread.currentThread());
        if (!task.follow(follower)) {
            return;
        }
        try {
            while (!task.isReleased()) {
                // in this order: what the task's own end has caused comes after that
                if (waiter != null && waiter.request() != null && !task.state().isTerminal()) {
                    waiter.throwIfWaitIsOver(task);
                }
                if (!help() && !Spin.until(task::isReleased)) {
                    LockSupport.park(task);
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while waiting for " + task);
                }
            }
        } finally {
            task.unfollow(follower);
        }
    }

    /**
     * Runs a task, if a thread that waits inside the group of the awaited task should. A task lends the awaited one its
     * own place; the body has none to lend, and runs what stands before.
     *
     * @return whether one was run
     */
    private boolean help() {
        CancelScope member = memberOfGroup();
        if (member == null) {
            return false;
        }
        boolean lends = member instanceof ForkedTask<?>;
        if (!group.hasScarceThreads() && !(lends && group.dispatcher().isLimited())) {
            return false;
        }
        ForkedTask<?> next =
                lends || !task.waitsForPlace ? task : group.dispatcher().nextToHelp();
        return next != null && next.help();
    }

    /** Returns the body or task of the awaited task's group that the waiter is, or is inside of. */
    private @Nullable CancelScope memberOfGroup() {
        CancelScope scope = waiter;
        while (scope != null && scope.ownedGroup() != group) {
            scope = scope.enclosing();
        }
        return scope;
    }

    /** Neither a task around the waiter can end before it, nor one below it on its thread. */
    private void checkNotInsideTask() {
        for (CancelScope scope = waiter; scope != null; scope = scope.enclosing()) {
            checkIsNotTask(scope);
        }
        for (CancelScope scope = waiter; scope != null; scope = scope.below()) {
            checkIsNotTask(scope);
        }
    }

    private void checkIsNotTask(CancelScope scope) {
        if (scope == task) {
            throw new IllegalStateException(task + " would wait for itself, for it cannot end before the code that"
                    + " waits; await() it in the body, or in a task on another thread");
        }
    }
}
