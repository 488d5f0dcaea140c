package io.taskgroup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of a scope in the stack of its thread: a group that is opened in a task has its body above the task, and a task
 * that a waiting owner runs is above the owner's body.
 */
abstract class StackedScope extends CurrentScope.Holder {
    private @Nullable CancelScope below;
    private boolean sentBelowAway;
    private volatile @Nullable CancelScope above;

    @Override
    abstract CancelScope scope();

    /** Called on an asker's thread when the scope below, which this one has sent away, was asked to stop. */
    abstract void askedBelow(CancelReason reason);

    /**
     * Called on the scope's thread when a scope below ends while this one is still open: ends this one.
     *
     * @return what failed in it
     */
    abstract List<TaskFailure> abandon();

    /** Returns the group that this is the body or a task of. */
    abstract OwnedGroup ownedGroup();

    /** Returns the scope around this one: of a task its group's body, of a body what its group was opened in. */
    abstract @Nullable CancelScope enclosing();

    /** Returns the task whose run this is; for a body, the task that its group was opened in. */
    abstract @Nullable ForkedTask<?> task();

    /** Puts this scope on top of the thread's stack, and sends the scope below away. */
    final void push() {
        CancelScope top = CurrentScope.replace(scope());
        if (top != null && top != scope()) { // else the thread was made for it
            below = top;
            sentBelowAway = top.away();
        }
    }

    /** From now on a request to the scope below reaches this one. */
    final void listenToBelow() {
        CancelScope top = below;
        if (top == null) {
            return;
        }
        top.coveredBy(scope());
        StopRequest request = top.request();
        if (request != null && top.isOwed()) {
            askedBelow(request.reason); // it came before, or just now
        }
    }

    /** Takes this scope off the stack; the scope below stays away until {@link #handBack}. */
    final void pop() {
        CurrentScope.set(below);
    }

    /** Lets the scope below go on. */
    final void handBack(boolean told) {
        CancelScope top = below;
        if (top != null) {
            top.coveredBy(null);
            below = null;
            if (sentBelowAway) {
                top.back(told);
            }
        }
    }

    /** Returns the next scope down the stack of the calling thread, on which this one is. */
    final @Nullable CancelScope below() {
        return below;
    }

    /**
     * Ends the groups that the code left open above this scope.
     *
     * @return a complaint, if there were any
     */
    final @Nullable IllegalStateException abandonAbove() {
        IllegalStateException complaint = null;
        for (CancelScope top = CurrentScope.get(); top != null && top != scope(); top = CurrentScope.get()) {
            complaint = new IllegalStateException(this + " ended while " + top
                    + ", opened inside, was still open; close groups in the reverse order of opening them");
            String name = top.ownedGroup().name();
            List<TaskFailure> failures = top.abandon();
            if (!failures.isEmpty()) {
                complaint.addSuppressed(new TaskGroupException(name, failures));
            }
        }
        return complaint;
    }

    /** Another scope has this one's thread now, or has given it back. */
    final void coveredBy(@Nullable CancelScope scope) {
        above = scope;
    }

    /** Returns the scope that has this one's thread now. */
    final @Nullable CancelScope above() {
        return above;
    }
}
