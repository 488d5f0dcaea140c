package io.taskgroup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of user code on one thread that can be asked to stop: the run of a task, or the body of a group. This is the
 * only class that interrupts threads.
 *
 * <p>Of the scopes of a thread, which are a {@linkplain StackedScope stack}, only the topmost is in user code; those below
 * are AWAY, as a scope is while its thread waits in the library. So at any time exactly one scope may be interrupted, and
 * every interrupt flag that we set belongs to one scope, which takes it back.
 *
 * <p>One atomic field holds the state. NEW is null, RUNNING is the {@link Thread} itself, AWAY an {@link Away} with the thread; the last
 * five are the {@link StopRequest} that ended the choice, with its delivery. <i>Thread</i> is the scope's own thread,
 * <i>asker</i> any other.
 *
 * <pre>
 * NEW          -> RUNNING       thread  enter: claims the scope
 * NEW          -> WITHDRAWN     asker   ask, takeBack: the code will never run
 * RUNNING      -> AWAY          thread  away: waits in the library, or another scope has the thread
 * RUNNING      -> LEFT          thread  leave: the code is over, nobody asked
 * RUNNING      -> INTERRUPTING  asker   ask, when the scope may be interrupted
 * RUNNING      -> OWED          asker   ask, when the scope may not
 * AWAY         -> RUNNING       thread  back
 * AWAY         -> OWED          asker   ask: wakes the thread without an interrupt, passes the request up the stack
 * INTERRUPTING -> DELIVERED     asker   the flag is set; the thread waits for this before it leaves
 * DELIVERED    -> OWED          thread  away, when the flag is still set: takes it
 * DELIVERED    -> TOLD          thread  away, when the flag is no longer set: the code has taken it
 * OWED         -> DELIVERED     thread  back: sets the flag
 * OWED         -> TOLD          thread  an exception tells the code
 * </pre>
 */
abstract class CancelScope extends StackedScope {
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(CancelScope.class, "state", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final @Nullable Object NEW = null; // so that a scope is made without a volatile write
    private static final Object LEFT = "LEFT";

    private record Away(Thread thread) {}

    private volatile @Nullable Object state;
    private boolean inLibrary;

    /** Returns whether the code may be interrupted. */
    abstract boolean isInterruptible();

    /** Called on the scope's thread while it waits for a task that has not ended: throws if it was asked to stop. */
    abstract void throwIfWaitIsOver(ForkedTask<?> awaited) throws InterruptedException;

    static @Nullable ForkedTask<?> currentTask() {
        CancelScope top = CurrentScope.get();
        return top == null ? null : top.task();
    }

    @Override
    final CancelScope scope() {
        return this;
    }

    /** Sets the calling thread's flag again: an interrupt from outside that was taken and is still to be seen. */
    static void restoreInterrupt() {
        Thread.currentThread().interrupt();
    }

    // ---- the thread's side

    /** Claims the scope for the calling thread; false if another did, or it was withdrawn. */
    final boolean enter() {
        return STATE.compareAndSet(this, NEW, Thread.currentThread());
    }

    /**
     * The thread turns from user code to the library: from now on an interrupt flag is not ours.
     *
     * @return whether {@link #back} must follow; false if the thread is in the library already
     */
    final boolean away() {
        if (inLibrary) {
            return false;
        }
        inLibrary = true;
        Thread thread = Thread.currentThread();
        if (!STATE.compareAndSet(this, thread, new Away(thread))) {
            StopRequest request = made();
            awaitDelivery(request);
            if (request.delivery == StopRequest.Delivery.DELIVERED) {
                boolean isUnread = takesFlag(request);
                request.delivery = isUnread ? StopRequest.Delivery.OWED : StopRequest.Delivery.TOLD;
            }
        }
        return true;
    }

    /**
     * The thread turns back to user code.
     *
     * @param told whether an exception of the library tells the code that it was asked to stop
     */
    final void back(boolean told) {
        inLibrary = false;
        if (state instanceof Away away && STATE.compareAndSet(this, away, away.thread)) {
            return;
        }
        if (told) {
            told();
        } else if (isInterruptible() && state instanceof StopRequest request && isOwed()) {
            interrupt(Thread.currentThread(), request);
        }
    }

    /** Runs user code that the library calls on this thread: not the scope's own code, so it may not join. */
    static void runInLibrary(Runnable call) {
        CancelScope top = CurrentScope.get();
        boolean back = top != null && top.away();
        try {
            call.run();
        } finally {
            if (top != null && back) {
                top.back(false);
            }
        }
    }

    /** The code knows, or is about to: the interrupt that it is owed would be one too many. */
    final void told() {
        if (state instanceof StopRequest request && request.delivery == StopRequest.Delivery.OWED) {
            request.delivery = StopRequest.Delivery.TOLD;
        }
    }

    /**
     * The code is over: takes back an interrupt of ours, and can get none from now on.
     *
     * @return the request, if the code was asked to stop
     */
    final @Nullable StopRequest leave() {
        inLibrary = true;
        if (STATE.compareAndSet(this, Thread.currentThread(), LEFT)) {
            return null;
        }
        StopRequest request = made();
        awaitDelivery(request);
        if (isInterruptible() && request.delivery == StopRequest.Delivery.DELIVERED) {
            takesFlag(request);
        }
        request.left();
        return request;
    }

    /** Returns whether the flag is set, and takes it back if it is ours: one that came before stays. */
    private static boolean takesFlag(StopRequest request) {
        return request.flagWasSet ? Thread.currentThread().isInterrupted() : Thread.interrupted();
    }

    private static void interrupt(Thread thread, StopRequest request) {
        request.flagWasSet = thread.isInterrupted();
        thread.interrupt();
        request.delivery = StopRequest.Delivery.DELIVERED;
    }

    /** Returns the request, to a thread that has found out that there is one. */
    private StopRequest made() {
        return (StopRequest) Objects.requireNonNull(state);
    }

    /** The asker is between its decision and {@code interrupt()}: a few instructions, as in {@code FutureTask}. */
    private static void awaitDelivery(StopRequest request) {
        while (request.delivery == StopRequest.Delivery.INTERRUPTING) {
            letOthersRun();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // not for order: a virtual thread must give its carrier to the other side
    private static void letOthersRun() {
        Thread.yield();
    }

    // ---- the askers' side

    /**
     * Asks the code to stop.
     *
     * @param atNanos the time of that, by {@link System#nanoTime()}
     * @return the request, if this call made it; null if there was one before, or the code was over
     */
    final @Nullable StopRequest ask(CancelReason reason, long atNanos) {
        while (true) {
            Object seen = state;
            if (seen == NEW) {
                StopRequest request = new StopRequest(reason, atNanos, StopRequest.Delivery.WITHDRAWN, null);
                if (STATE.compareAndSet(this, seen, request)) {
                    return request;
                }
            } else if (seen instanceof Thread thread) {
                boolean interrupts = isInterruptible();
                StopRequest request = new StopRequest(
                        reason,
                        atNanos,
                        interrupts ? StopRequest.Delivery.INTERRUPTING : StopRequest.Delivery.OWED,
                        thread);
                if (STATE.compareAndSet(this, seen, request)) {
                    if (interrupts) {
                        interrupt(thread, request);
                    }
                    return request;
                }
            } else if (seen instanceof Away away) {
                StopRequest request = new StopRequest(reason, atNanos, StopRequest.Delivery.OWED, away.thread);
                if (STATE.compareAndSet(this, seen, request)) {
                    LockSupport.unpark(away.thread);
                    CancelScope top = above();
                    if (top != null) {
                        top.askedBelow(reason);
                    }
                    return request;
                }
            } else {
                return null;
            }
        }
    }

    /**
     * Takes the code back: asks it to stop if no thread has begun it, and leaves it alone otherwise.
     *
     * @return the request, if the code will never run by that
     */
    final @Nullable StopRequest takeBack(CancelReason reason) {
        StopRequest request = new StopRequest(reason, System.nanoTime(), StopRequest.Delivery.WITHDRAWN, null);
        return STATE.compareAndSet(this, NEW, request) ? request : null;
    }

    // ---- anyone

    /** Returns the thread that has begun the code and has not left it. */
    final @Nullable Thread thread() {
        Object seen = state;
        if (seen instanceof Thread thread) {
            return thread;
        }
        if (seen instanceof Away away) {
            return away.thread;
        }
        return seen instanceof StopRequest request ? request.thread : null;
    }

    final boolean isNew() {
        return state == NEW;
    }

    /** Asked on the scope's own thread: whether the thread is in the library, perhaps in a callback or observer. */
    final boolean isInLibrary() {
        return inLibrary;
    }

    /** Whether the code was asked to stop and nothing has told it. */
    final boolean isOwed() {
        return state instanceof StopRequest request && request.delivery == StopRequest.Delivery.OWED;
    }

    final @Nullable StopRequest request() {
        return state instanceof StopRequest request ? request : null;
    }
}
