package io.taskgroup;

import io.taskgroup.CancelReason.Kind;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What only the thread that opened a group does: it opens, joins and ends the group, and gets what rule 4 gives the
 * caller. While it waits it runs tasks itself, if threads are scarce.
 */
final class GroupOwner {
    private final OwnedGroup group;
    private final Ledger ledger;
    private final JoinLatch latch;
    private final BodyScope body;
    private final boolean helps;
    private volatile @Nullable Thread thread = Thread.currentThread();
    private @Nullable Throwable joinFailure;
    private int joinedForks;
    private boolean interrupted; // from outside, and nobody knows yet

    GroupOwner(OwnedGroup group, Ledger ledger, JoinLatch latch, BodyScope body, boolean helps) {
        this.group = group;
        this.ledger = ledger;
        this.latch = latch;
        this.body = body;
        this.helps = helps;
    }

    /** Waits for the end of all tasks; throws what rule 4 says. */
    void join() throws InterruptedException {
        check("join()");
        CancelScope top = top("join");
        top.away();
        Throwable failure;
        try {
            awaitSettled(false);
            joinedForks = latch.forked();
            failure = group.evidence(null, null, false).verdict().thrown();
            body.told();
            restore(failure);
        } finally {
            top.back(false);
        }
        joinFailure = failure;
        if (failure instanceof InterruptedException interruption) {
            throw interruption;
        }
        throwUnchecked(failure);
    }

    /**
     * Ends the block form.
     *
     * @param thrown what the body threw
     * @param wantsValue whether the caller expects a value
     * @return what the caller gets instead of the body's value
     */
    @Nullable
    Throwable exit(@Nullable Throwable thrown, boolean wantsValue) {
        Throwable failure = withComplaint(thrown, body.abandonAbove());
        StopRequest request = body.leave();
        boolean toldToStop = request != null && request.hasReached();
        if (failure instanceof InterruptedException && failure != joinFailure && !toldToStop) {
            interrupted();
        } else if (failure != null && failure != joinFailure) {
            group.cancel(CancelReason.of(Kind.BODY_FAILED, "the body of " + group + " failed: " + Texts.of(failure)));
        }
        awaitSettled(true);
        Verdict verdict = verdict(failure, wantsValue);
        group.ended(verdict);
        restore(verdict.thrown());
        return verdict.thrown();
    }

    private static @Nullable Throwable withComplaint(
            @Nullable Throwable thrown, @Nullable IllegalStateException complaint) {
        if (thrown == null) {
            return complaint;
        }
        if (complaint != null) {
            thrown.addSuppressed(complaint);
        }
        return thrown;
    }

    /** Ends the try-with-resources form. */
    void close() {
        if (latch.isClosed()) {
            return;
        }
        check("close()");
        top("close");
        IllegalStateException complaint = body.abandonAbove();
        boolean joined = latch.forked() == joinedForks;
        if (!joined) {
            group.cancel(CancelReason.of(Kind.BODY_FAILED, group + " was closed without join()"));
        }
        body.leave();
        awaitSettled(true);
        Verdict verdict = verdict(null, false);
        group.ended(verdict);
        restore(null);
        if (complaint != null) {
            throw complaint;
        }
        if (!joined) {
            throwUnchecked(verdict.thrown());
            throw new NotJoinedException(group);
        }
    }

    /** Ends the group because the code around it has ended; returns what failed. */
    List<TaskFailure> abandon() {
        group.cancel(CancelReason.of(Kind.BODY_FAILED, group + " was left open"));
        body.leave();
        awaitSettled(true);
        group.ended(new Verdict(GroupOutcome.FAILED, null));
        restore(null);
        return ledger.failures();
    }

    /** Takes back a group whose body has not begun. */
    InterruptedException refuse() {
        Thread.interrupted();
        body.leave();
        latch.isSettled(true);
        return new InterruptedException(group + " was not opened, for its thread was interrupted before");
    }

    /** The owner was interrupted from outside. */
    void interrupted() {
        interrupted = true;
        group.cancel(CancelReason.of(Kind.INTERRUPTED, "the thread of " + group + " was interrupted from outside"));
    }

    /**
     * Waits until every task has ended and all is told of it.
     *
     * @param close whether no task can be forked after that
     */
    private void awaitSettled(boolean close) {
        while (!latch.isSettled(close)) {
            ForkedTask<?> unstarted = helps ? ledger.unstarted() : null;
            if (unstarted == null) {
                LockSupport.park(group);
            } else {
                unstarted.claimAndExecute();
            }
            if (Thread.interrupted()) {
                interrupted();
            }
        }
    }

    /** An interrupt from outside that was taken is not lost: the exception tells it, or it is set again. */
    private void restore(@Nullable Throwable thrown) {
        if (interrupted && !(thrown instanceof InterruptedException)) {
            CancelScope.restoreInterrupt();
        }
        interrupted = false;
    }

    private Verdict verdict(@Nullable Throwable thrown, boolean wantsValue) {
        return group.evidence(thrown, joinFailure, wantsValue).verdict();
    }

    private void check(String call) {
        Thread opener = thread;
        if (latch.isClosed() || opener == null) {
            throw new IllegalStateException(group + " has ended; " + call + " comes too late");
        }
        if (!isCaller()) {
            throw new IllegalStateException(call + " of " + group + " is for the thread that opened it ("
                    + opener.getName() + "), not for " + Thread.currentThread().getName()
                    + "; to wait for one task from elsewhere, await() it");
        }
    }

    /** Returns the owner's topmost scope; throws if the owner is inside a task, a callback or an observer. */
    private CancelScope top(String call) {
        CancelScope top = CurrentScope.get();
        for (CancelScope scope = top; scope != body; scope = scope.below()) {
            if (scope == null || scope instanceof ForkedTask<?>) {
                throw new IllegalStateException("A task cannot " + call + " " + group
                        + ", in which it runs; let the body do it, or await() other tasks");
            }
        }
        if (top == null || top.isInLibrary()) {
            throw new IllegalStateException(
                    "A callback or an observer cannot " + call + " " + group + "; let the body do it");
        }
        return top;
    }

    boolean isCaller() {
        return Thread.currentThread() == thread;
    }

    void unpark() {
        LockSupport.unpark(thread);
    }

    /** Wakes the owner if it waits and may have to run a task. */
    void unparkIfWaiting() {
        if (helps && latch.isWaiting()) {
            unpark();
        }
    }

    /** The group holds no thread from now on. */
    void release() {
        thread = null;
    }

    private static void throwUnchecked(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }
}
