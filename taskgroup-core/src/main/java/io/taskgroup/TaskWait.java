package io.taskgroup;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One thread's wait for one task of a group. */
final class TaskWait {
    private final ForkedTask<?> task;
    private final Ledger ledger;
    private final @Nullable CancelScope waiter;

    TaskWait(ForkedTask<?> task, Ledger ledger) {
        this.task = task;
        this.ledger = ledger;
        this.waiter = CancelScope.current();
    }

    /**
     * Waits until the task has ended and the policy was asked about it.
     *
     * @param mayRunIt whether a waiter of the task's own group runs a task that no thread has begun
     */
    void await(boolean mayRunIt) throws InterruptedException {
        checkNotInsideTask();
        if (waiter == null) {
            park();
            return;
        }
        boolean back = waiter.away();
        try {
            if (mayRunIt && waiter.ownedGroup() == task.ownedGroup() && task.enter()) {
                task.execute();
            }
            park();
        } finally {
            if (back) {
                waiter.back(false);
            }
        }
    }

    private void park() throws InterruptedException {
        Thread thread = Thread.currentThread();
        if (!ledger.addWaiter(task, thread)) {
            return;
        }
        try {
            while (!task.isReady()) {
                if (waiter != null && !task.state().isTerminal()) { // else the policy is being asked: not for long
                    waiter.throwIfWaitIsOver(task);
                }
                LockSupport.park(task);
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while waiting for " + task);
                }
            }
        } finally {
            ledger.removeWaiter(task, thread);
        }
    }

    private void checkNotInsideTask() {
        for (CancelScope scope = waiter; scope != null; scope = scope.enclosing()) {
            if (scope == task) {
                throw new IllegalStateException(
                        task + " would wait for itself; await() it in the body or in another task");
            }
        }
    }
}
