package io.taskgroup;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The run of a group's body on the owner's thread. A body in the try-with-resources form is never interrupted. */
final class BodyScope extends CancelScope {
    private final OwnedGroup group;
    private final boolean interruptible;
    private volatile @Nullable CancelReason rootReason; // why what is around the group was asked to stop

    BodyScope(OwnedGroup group, boolean interruptible) {
        this.group = group;
        this.interruptible = interruptible;
    }

    @Override
    boolean isInterruptible() {
        return interruptible;
    }

    @Override
    void askedBelow(CancelReason reason) {
        CancelScope outer = enclosing();
        CancelReason root = reason;
        if (outer != null && reason.kind() == CancelReason.Kind.PARENT_CANCELLED) {
            root = Objects.requireNonNullElse(outer.ownedGroup().body().rootReason, reason);
        }
        rootReason = root;
        group.cancel(new CancelReason(
                CancelReason.Kind.PARENT_CANCELLED,
                group + " was cancelled with " + outer + ", in which it was opened (" + root + ")",
                root.taskName()));
    }

    @Override
    List<TaskFailure> abandon() {
        return group.owner().abandon();
    }

    @Override
    void throwIfWaitIsOver(ForkedTask<?> awaited) {
        StopRequest request = request();
        if (request != null) {
            told();
            throw new TaskCancelledException(
                    "The wait for " + awaited + " is over, for " + group + " was cancelled (" + request.reason + ")",
                    request.reason);
        }
    }

    @Override
    OwnedGroup ownedGroup() {
        return group;
    }

    @Override
    @Nullable
    CancelScope enclosing() {
        return group.enclosing();
    }

    @Override
    @Nullable
    ForkedTask<?> task() {
        return group.parentTask();
    }

    @Override
    public String toString() {
        return group.toString();
    }
}
