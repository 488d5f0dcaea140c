package io.taskgroup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A scope whose end threads can wait for, and callbacks: its {@link Follower}s, one chain in one atomic field. */
abstract class FollowedScope extends CancelScope {
    private static final VarHandle FOLLOWERS;

    static {
        try {
            FOLLOWERS = MethodHandles.lookup().findVarHandle(FollowedScope.class, "followers", Follower.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable Follower followers;

    /** Adds one to the followers; false if no more of its kind are taken. */
    final boolean follow(Follower follower) {
        Follower chain = followers;
        while (follower.precede(chain)) {
            if (FOLLOWERS.compareAndSet(this, chain, follower)) {
                return true;
            }
            chain = followers;
        }
        return false;
    }

    /** A thread no longer waits. */
    final void unfollow(Follower follower) {
        follower.gone();
        Follower chain = followers;
        FOLLOWERS.compareAndSet(this, chain, Follower.withoutGone(chain));
    }

    final @Nullable Follower followers() {
        return followers;
    }

    /**
     * The scope has ended and the policy was asked about it: nobody waits for it any more.
     *
     * @return those that have followed it
     */
    final @Nullable Follower releaseFollowers() {
        Follower chain = followers;
        while (!FOLLOWERS.compareAndSet(this, chain, Follower.released(chain))) {
            chain = followers;
        }
        return chain;
    }

    /** The callbacks run now: returns them; one that comes later runs on its own. */
    final @Nullable Follower takeFollowers() {
        return (Follower) FOLLOWERS.getAndSet(this, Follower.RELEASED);
    }

    final boolean isReleased() {
        return Follower.isReleased(followers);
    }
}
