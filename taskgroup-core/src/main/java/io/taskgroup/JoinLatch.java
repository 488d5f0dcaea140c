package io.taskgroup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What the owner of a group waits for: a count of what is not settled yet, which can be closed for ever when it is zero.
 * A task counts from its fork until everything that follows from its end is done; a pin holds the owner for whatever else
 * must be done before.
 *
 * <p>One atomic number holds it all: how many are unsettled, how many were forked, and two flags.
 *
 * <pre>
 * open            -> open             fork, pin: one more; settled: one less
 * open            -> open+WAITING     tryPass, with some unsettled: whoever settles the last one is to wake the owner
 * open+WAITING    -> open             tryPass, with none unsettled
 * open            -> CLOSED           tryPass(close), with none unsettled; from now on nothing is counted
 * </pre>
 */
final class JoinLatch {
    private static final long UNSETTLED = 1L;
    private static final long FORKED = 1L << 31;
    private static final long WAITING = 1L << 62;
    private static final long CLOSED = 1L << 63;
    private static final int COUNT = 0x7fff_ffff;
    /** Leaves room for threads that count at the same time, and take it back. */
    static final int MOST_FORKS = COUNT - (1 << 16);

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(JoinLatch.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long state;
    private int settledForks; // the owner's

    /**
     * Counts a fork.
     *
     * @return its number, from 1; zero if the latch is closed, or has no more numbers: then an owner who has seen it
     *     counted for a moment must be woken
     */
    int fork() {
        long before = add(FORKED + UNSETTLED);
        if (before < 0 || forked(before) >= MOST_FORKS) {
            add(-FORKED - UNSETTLED);
            return 0;
        }
        return forked(before) + 1;
    }

    /**
     * Takes back a fork, which remains unsettled.
     *
     * @return false if there were others since: then its number stays in the count
     */
    boolean takeBack(int number) {
        long seen = state;
        while (forked(seen) == number) {
            if (STATE.compareAndSet(this, seen, seen - FORKED)) {
                return true;
            }
            seen = state;
        }
        return false;
    }

    /** Counts something to be settled beside the forks, unless the latch is closed. */
    boolean pin() {
        if (add(UNSETTLED) < 0) {
            add(-UNSETTLED);
            return false;
        }
        return true;
    }

    /** Something that was counted is settled; true if the owner is to be woken. */
    boolean settled() {
        long after = add(-UNSETTLED) - UNSETTLED;
        return unsettled(after) == 0 && isWaiting(after);
    }

    /**
     * The owner goes on if everything is settled; if not, it is marked as waiting, and will be woken when it is.
     *
     * @param close whether the latch closes if the owner goes on
     * @return whether it goes on
     */
    boolean tryPass(boolean close) {
        while (true) {
            long seen = state;
            boolean settled = unsettled(seen) == 0;
            long next = settled ? seen & ~WAITING : seen | WAITING;
            if (settled && close) {
                next |= CLOSED;
            }
            if (next == seen || STATE.compareAndSet(this, seen, next)) {
                if (settled) {
                    settledForks = forked(seen);
                }
                return settled;
            }
        }
    }

    /** Returns whether nothing is unsettled now. */
    boolean isZero() {
        return unsettled(state) == 0;
    }

    boolean isClosed() {
        return state < 0;
    }

    /** Returns whether the owner waits. */
    boolean isWaiting() {
        return isWaiting(state);
    }

    /** Returns to the owner how many were forked when everything was settled last. */
    int settledForks() {
        return settledForks;
    }

    /** Returns how many were forked; while one is refused, it may be counted for a moment. */
    int forked() {
        return forked(state);
    }

    private long add(long delta) {
        return (long) STATE.getAndAdd(this, delta);
    }

    private static int unsettled(long state) {
        return (int) state & COUNT;
    }

    private static int forked(long state) {
        return (int) (state >>> 31) & COUNT;
    }

    private static boolean isWaiting(long state) {
        return (state & WAITING) != 0;
    }
}
