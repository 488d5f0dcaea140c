package io.taskgroup;

import io.taskgroup.ContextCarrier.Captured;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A scope that observers are told of, in rule 12's order and in its context. Who asks it to stop before they know of its
 * fork, or of its start, leaves what follows to the thread that tells them; who asks it while it ends is in {@link StopRequest}.
 */
abstract class ObservedScope<T> extends OutcomeScope<T> {
    private static final VarHandle FACTS;

    static {
        try {
            FACTS = MethodHandles.lookup().findVarHandle(ObservedScope.class, "facts", TaskFacts.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable TaskFacts facts;
    private volatile boolean unannounced;

    ObservedScope(Callable<? extends T> code, @Nullable TaskFacts facts, Observers observers) {
        super(code);
        FACTS.set(this, facts); // a plain write: others see the task when it is listed
        if (observers.needForks()) {
            unannounced = true;
        }
        if (facts != null && observers.needStarts()) {
            facts.startUntold = true;
        }
    }

    /** Whether the observers are still to be told of the fork: until then nobody begins the code. */
    final boolean isUnannounced() {
        return unannounced;
    }

    /** Tells the observers of the fork; then what somebody has asked for meanwhile can follow. */
    final void announceFork() {
        ownedGroup().observers().taskForked(task());
        unannounced = false;
        carryOutRequest();
    }

    /** Observers were told that the task starts, or never will be; then what somebody has asked for meanwhile can follow. */
    final void startIsTold() {
        TaskFacts known = facts;
        if (known != null && known.startUntold) {
            known.startUntold = false;
            carryOutRequest();
        }
    }

    private void carryOutRequest() {
        StopRequest request = request();
        if (request != null) {
            carryOut(request);
        }
    }

    /**
     * Tells the observers of the end, unless whoever asked the task to stop is still telling them of that.
     *
     * @return whether the task is settled with that; else it is when the other has told them
     */
    final boolean announceEnd() {
        if (ownedGroup().isObserved()) {
            StopRequest request = request();
            if (request != null && request.handOver()) {
                return false;
            }
            tellEnd();
        }
        releaseContext();
        return true;
    }

    private void tellEnd() {
        TaskState ended = state();
        StopRequest request = request();
        boolean isStopped = request == null ? ended == TaskState.CANCELLED : !request.isConcealed();
        if (ended == TaskState.FAILED || isStopped || ownedGroup().observers().needEnds()) {
            inContext(() -> tellEnd(ended == TaskState.FAILED, isStopped));
        }
    }

    private void tellEnd(boolean isFailed, boolean isStopped) {
        Observers observers = ownedGroup().observers();
        if (isFailed) {
            observers.taskFailed(task(), thrown());
        }
        if (isStopped) {
            observers.taskStopped(task(), Cancellation.reason(task()), StopRequest.untilLeft(request()));
        }
        if (observers.needEnds()) {
            observers.taskEnded(task(), facts().ran());
        }
    }

    final boolean requestStop(CancelReason reason, long atNanos) {
        StopRequest request = ask(reason, atNanos);
        if (request == null) {
            return false;
        }
        if (!request.isWithdrawn()) {
            ownedGroup().clock().watch(request);
        }
        if (request.isWithdrawn() || ownedGroup().isObserved()) {
            carryOut(request);
        }
        return true;
    }

    /** What follows from a request, once: observers are told, and a task that has not begun ends. */
    private void carryOut(StopRequest request) {
        if (isTooEarlyFor(request) || !request.claim()) {
            return;
        }
        if (ownedGroup().isObserved()) {
            inContext(() -> ownedGroup().observers().taskCancelRequested(task(), request.reason));
        }
        boolean endIsMine = !request.announced();
        if (request.isWithdrawn()) {
            neverRuns();
            ownedGroup().dispatcher().forget(task());
            ownedGroup().settlement().ended(task(), TaskState.CANCELLED, null);
        } else if (endIsMine) {
            tellEnd();
            releaseContext();
            ownedGroup().settled();
        }
    }

    /** Whoever tells the observers of the fork, or of the start, goes on with what somebody has asked for meanwhile. */
    private boolean isTooEarlyFor(StopRequest request) {
        TaskFacts known = facts;
        return unannounced || known != null && known.startUntold && !request.isWithdrawn();
    }

    /** The executor refused the task: it ends here, unless somebody else has begun it or asked it to stop. */
    final boolean withdraw(CancelReason reason) {
        StopRequest request = takeBack(reason);
        if (request == null) {
            return false;
        }
        request.concealed();
        discardContext();
        return true;
    }

    /** A task that is held need not keep what it carried. */
    private void releaseContext() {
        TaskFacts known = facts;
        if (known != null) {
            known.context = null;
        }
    }

    final @Nullable Captured context() {
        TaskFacts known = facts;
        return known == null ? null : known.context;
    }

    final void inContext(Runnable call) {
        Context.run(hasRun() ? context() : null, call, task());
    }

    /** Nobody will run the task: it waits no longer, and lets go of what it would have carried. */
    final void neverRuns() {
        TaskFacts known = facts;
        if (known != null) {
            known.started();
        }
        discardContext();
    }

    private void discardContext() {
        TaskFacts known = facts;
        if (known != null) {
            Context.discard(known.context, task());
            known.context = null;
        }
    }

    final TaskFacts facts() {
        if (facts == null) {
            FACTS.compareAndSet(
                    this, null, new TaskFacts(null, null, ownedGroup().clock().openedNanos()));
        }
        return Objects.requireNonNull(facts);
    }

    /** Returns what is known beside the work, if there is anything. */
    final @Nullable TaskFacts knownFacts() {
        return facts;
    }
}
