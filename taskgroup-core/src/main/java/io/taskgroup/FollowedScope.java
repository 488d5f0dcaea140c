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
     * The scope has ended and the policy was asked about it: if no callbacks follow it, nobody does from now on.
     *
     * @return whether it has no callbacks
     */
    final boolean releaseWithoutCallbacks() {
        Follower chain = followers;
        while (!Follower.isCalled(chain)) {
            if (FOLLOWERS.compareAndSet(this, chain, Follower.RELEASED)) {
                Follower.wake(chain);
                return true;
            }
            chain = followers;
        }
        return false;
    }

    /**
     * As {@link #releaseWithoutCallbacks} for threads that wait; callbacks wait for their turn.
     *
     * @return the followers, of which those that wait were woken
     */
    final @Nullable Follower releaseFollowers() {
        Follower chain = followers;
        while (!FOLLOWERS.compareAndSet(this, chain, Follower.released(chain))) {
            chain = followers;
        }
        Follower.wake(chain);
        return chain;
    }

    /** It is the turn of the callbacks; one that comes later runs on its own. */
    final void callFollowers() {
        Follower chain = (Follower) FOLLOWERS.getAndSet(this, Follower.RELEASED);
        Follower.wake(chain); // the turn may have come before they were released
        Follower.call(chain);
    }

    final boolean isReleased() {
        return Follower.isReleased(followers);
    }
}
