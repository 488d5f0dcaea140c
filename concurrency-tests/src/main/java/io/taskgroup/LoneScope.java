package io.taskgroup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A scope that belongs to no group: what threads do to it, and nothing else, is in the race. */
final class LoneScope extends FollowedScope {
    static final CancelReason REASON = CancelReason.of(CancelReason.Kind.REQUESTED, "enough");

    private final boolean interruptible;
    volatile boolean askedBelow;

    private LoneScope(boolean interruptible) {
        this.interruptible = interruptible;
    }

    static LoneScope interruptible() {
        return new LoneScope(true);
    }

    static LoneScope cooperative() {
        return new LoneScope(false);
    }

    /** Asks it to stop; returns whether this call made the request. */
    boolean ask() {
        return ask(REASON, 0) != null;
    }

    @Override
    boolean isInterruptible() {
        return interruptible;
    }

    @Override
    void askedBelow(CancelReason reason) {
        askedBelow = true;
    }

    @Override
    List<TaskFailure> abandon() {
        return List.of();
    }

    @Override
    void throwIfWaitIsOver(ForkedTask<?> awaited) {}

    @Override
    OwnedGroup ownedGroup() {
        throw new UnsupportedOperationException("a lone scope has no group");
    }

    @Override
    @Nullable
    CancelScope enclosing() {
        return null;
    }

    @Override
    @Nullable
    ForkedTask<?> task() {
        return null;
    }
}
