package io.taskgroup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One that follows a task: a thread that waits for it, or a callback that is to run when it has ended. Those of one task
 * form a chain, the last one first.
 *
 * <pre>
 * chain           -> longer chain      a thread or a callback follows
 * chain, none     -> RELEASED          the task was settled, and no callback follows it
 * chain           -> chain, released   the task was settled: threads go on, and callbacks wait for their turn
 * chain, released -> longer, released  a callback follows; a thread need not any more
 * chain, released -> RELEASED          the callbacks run; one that comes later runs on its own
 * </pre>
 */
final class Follower {
    /** Stands for the chain of a task that nobody can follow any more. */
    static final Follower RELEASED = new Follower(null, null);

    static {
        RELEASED.released = true;
    }

    private volatile @Nullable Thread waiter;
    private final @Nullable Runnable callback;
    private @Nullable Follower next;
    private boolean released;

    private Follower(@Nullable Thread waiter, @Nullable Runnable callback) {
        this.waiter = waiter;
        this.callback = callback;
    }

    static Follower waiting(Thread waiter) {
        return new Follower(waiter, null);
    }

    static Follower calling(Runnable callback) {
        return new Follower(null, callback);
    }

    /** Puts this one before a chain; false if the chain takes no more of its kind. */
    boolean precede(@Nullable Follower chain) {
        if (chain == RELEASED || chain != null && chain.released && callback == null) {
            return false;
        }
        next = chain;
        released = chain != null && chain.released;
        return true;
    }

    /** Returns whether a chain has callbacks. */
    static boolean isCalled(@Nullable Follower chain) {
        for (Follower one = chain; one != null; one = one.next) {
            if (one.callback != null) {
                return true;
            }
        }
        return false;
    }

    /** Returns the chain as it is when its task was settled. */
    static Follower released(@Nullable Follower chain) {
        if (!isCalled(chain)) {
            return RELEASED;
        }
        Follower released = new Follower(null, null);
        released.next = chain;
        released.released = true;
        return released;
    }

    static boolean isReleased(@Nullable Follower chain) {
        return chain != null && chain.released;
    }

    /** The thread no longer waits. */
    void gone() {
        waiter = null;
    }

    /** Returns the chain without those before the first that still follows. */
    static @Nullable Follower withoutGone(@Nullable Follower chain) {
        Follower one = chain;
        while (one != null && !one.released && one.waiter == null && one.callback == null) {
            one = one.next;
        }
        return one;
    }

    /** Wakes every thread of the chain. */
    static void wake(@Nullable Follower chain) {
        for (Follower one = chain; one != null; one = one.next) {
            LockSupport.unpark(one.waiter);
        }
    }

    /** Calls the callbacks of the chain in the order in which they were added. */
    static void call(@Nullable Follower chain) {
        Deque<Runnable> callbacks = new ArrayDeque<>();
        for (Follower one = chain; one != null; one = one.next) {
            if (one.callback != null) {
                callbacks.push(one.callback);
            }
        }
        callbacks.forEach(Runnable::run);
    }
}
