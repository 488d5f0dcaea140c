package io.taskgroup;

import io.taskgroup.CancelReason.Kind;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What only the thread that opened a group does: it opens, joins and ends the group, and gets what rule 4 gives the
 * caller.
 */
final class GroupOwner {
    private final OwnedGroup group;
    private @Nullable Thread thread = Thread.currentThread();
    private @Nullable Throwable joinFailure;
    private int toldFailures; // by the last join
    private long number; // of the group, among those of its factory
    private boolean interrupted; // from outside, and nobody knows yet

    GroupOwner(OwnedGroup group) {
        this.group = group;
    }

    /**
     * Opens the group on the calling thread.
     *
     * @throws IllegalStateException if the factory is closed
     * @throws InterruptedException if the thread was interrupted, or asked to stop, before
     */
    void open() throws InterruptedException {
        number = openGroups().enter(group);
        enterThread();
        CancelScope around = group.body().below();
        boolean interruptedBefore = Thread.interrupted();
        if (interruptedBefore || around != null && around.isOwed()) {
            group.body().leave();
            group.latch().tryPass(true);
            leaveThread(true);
            openGroups().skip(number);
            String why = group + " was not opened, for its thread was interrupted before";
            throw interruptedBefore ? new InterruptedException(why) : new EnclosingStoppedException(why);
        }
        group.begin(number);
    }

    /** Opens the group on the calling thread; if that was asked to stop before, the group is cancelled at once. */
    void openUninterrupted() {
        number = openGroups().enter(group);
        enterThread();
        group.begin(number);
    }

    private OpenGroups openGroups() {
        return group.engine().openGroups();
    }

    private void enterThread() {
        group.body().enter();
        group.body().push();
        group.openedIn(group.body().below());
    }

    /** Leaves the thread to the code around; the group holds no thread, scope or task from now on. */
    private void leaveThread(boolean told) {
        group.body().pop();
        group.body().handBack(told);
        thread = null;
        group.openedIn(null);
    }

    /**
     * The latch is closed, and the owner knows what to throw.
     *
     * @param told whether an exception tells the code around that its thread was interrupted, or asked to stop
     */
    private void end(GroupOutcome outcome, boolean told) {
        group.ended(outcome);
        leaveThread(told);
        group.gone(number);
    }

    /** Waits for the end of all tasks; throws what rule 4 says. */
    void join() throws InterruptedException {
        check("join()");
        CancelScope top = top("join");
        top.away();
        Throwable failure;
        try {
            JoinWait.await(group, false);
            failure = verdict(null, null, false).thrown();
            group.body().told();
            restore(failure);
            group.observers().groupJoined(group);
        } finally {
            top.back(false);
        }
        joinFailure = failure;
        toldFailures = group.ledger().failures().size();
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
        Throwable failure = withComplaint(thrown, group.body().abandonAbove());
        StopRequest request = group.body().leave();
        boolean toldToStop = request != null && request.hasReached() && !request.flagWasSet;
        if (failure instanceof InterruptedException interruption
                && Echo.isInterruption(interruption)
                && interruption != joinFailure
                && !toldToStop) {
            interrupted();
        } else if (failure != null && failure != joinFailure) {
            group.cancel(CancelReason.of(
                    Kind.BODY_FAILED, "the body of " + group + " failed: " + ThrowableText.of(failure)));
        }
        JoinWait.await(group, true);
        Verdict verdict = verdict(failure, joinFailure, wantsValue);
        end(verdict.outcome(), verdict.thrown() instanceof InterruptedException);
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
        if (group.latch().isClosed()) {
            return;
        }
        check("close()");
        top("close");
        IllegalStateException complaint = group.body().abandonAbove();
        boolean joined = group.latch().forked() == group.latch().settledForks();
        if (!joined) {
            group.cancel(CancelReason.of(Kind.BODY_FAILED, group + " was closed without join()"));
        }
        group.body().leave();
        JoinWait.await(group, true);
        Verdict verdict = verdict(null, joinFailure, false);
        end(verdict.outcome(), joinFailure instanceof EnclosingStoppedException); // for close() tells nobody
        restore(null);
        if (complaint != null) {
            throw complaint;
        }
        boolean hasNews =
                !joined || group.ledger().failures().size() > toldFailures; // as of a callback that came after join()
        if (hasNews && verdict.thrown() != joinFailure) { // else Java would add it to itself
            throwUnchecked(verdict.thrown());
        }
        if (!joined) {
            throw new NotJoinedException(group);
        }
    }

    /** Ends the group because the code around it has ended; returns what failed. */
    List<TaskFailure> abandon() {
        group.cancel(CancelReason.of(Kind.BODY_FAILED, group + " was left open"));
        group.body().leave();
        JoinWait.await(group, true);
        end(GroupOutcome.FAILED, false);
        restore(null);
        return group.ledger().failures();
    }

    /** The owner was interrupted from outside. */
    void interrupted() {
        interrupted = true;
        group.cancel(CancelReason.of(Kind.INTERRUPTED, "the thread of " + group + " was interrupted from outside"));
    }

    /** An interrupt from outside that was taken is not lost: the exception tells it, or it is set again. */
    private void restore(@Nullable Throwable thrown) {
        if (interrupted && !(thrown instanceof InterruptedException)) {
            CancelScope.restoreInterrupt();
        }
        interrupted = false;
    }

    /** Says what the caller gets, when everything is settled; what the body failed with is listed for observers. */
    private Verdict verdict(@Nullable Throwable thrown, @Nullable Throwable joinFailure, boolean wantsValue) {
        boolean success = group.settlement().isSuccess();
        if (success && thrown == null && joinFailure == null && group.ledger().isUneventful()) {
            return Verdict.SUCCEEDED;
        }
        Verdict.Evidence evidence = new Verdict.Evidence(
                group.name(),
                group.ledger().reason(),
                group.ledger().failures(),
                success,
                thrown,
                joinFailure,
                wantsValue,
                group.options().onTimeout(),
                group.clock().timeout(),
                group.ledger().unfinished());
        Verdict verdict = evidence.verdict();
        evidence.ofBody().forEach(group.ledger()::list);
        return verdict;
    }

    private void check(String call) {
        Thread opener = thread;
        if (group.latch().isClosed() || opener == null) {
            throw new IllegalStateException(group + " has ended; " + call + " comes too late");
        }
        if (!isCaller()) {
            throw new IllegalStateException(call + " of " + group + " is for the thread that opened it ("
                    + ThreadName.of(opener) + "), not for " + ThreadName.of(Thread.currentThread())
                    + "; to wait for one task from elsewhere, await() it");
        }
    }

    /** Returns the owner's topmost scope; throws if the owner is inside a task, a callback or an observer. */
    private CancelScope top(String call) {
        CancelScope top = CurrentScope.get();
        for (CancelScope scope = top; scope != group.body(); scope = scope.below()) {
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
        if (group.hasScarceThreads() && group.latch().isWaiting()) {
            unpark();
        }
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
