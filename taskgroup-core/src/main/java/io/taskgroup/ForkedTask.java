package io.taskgroup;

import io.taskgroup.ContextCarrier.Captured;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A task, in one object that the executor gets as its {@code Runnable}. There may be millions of them, so it is made of
 * layers, not of parts, and a field more is a field too many: {@link CancelScope} knows whether it was begun and whether it
 * was asked to stop, {@link FollowedScope} who waits for its end, {@link OutcomeScope} what came of it.
 */
final class ForkedTask<T> extends OutcomeScope<T> implements Task<T>, Runnable {
    private static final VarHandle FACTS;

    static {
        try {
            FACTS = MethodHandles.lookup().findVarHandle(ForkedTask.class, "facts", TaskFacts.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final OwnedGroup group;
    private volatile @Nullable TaskFacts facts;
    private volatile boolean unannounced;
    private int number;
    private int slot;

    /** Written by the group's places. */
    volatile boolean waitsForPlace;

    ForkedTask(OwnedGroup group, @Nullable TaskFacts facts, Callable<? extends T> code) {
        super(code);
        this.group = group;
        this.facts = facts;
        if (group.observers().needForks()) {
            unannounced = true;
        }
        if (facts != null && group.observers().needStarts()) {
            facts.startUntold = true;
        }
        if (group.dispatcher().isLimited()) {
            waitsForPlace = true;
        }
    }

    @Override
    boolean isInterruptible() {
        return group.isInterrupting();
    }

    // ---- the fork

    /** The group has counted the task as the {@code number}th that was forked. */
    void counted(int number) {
        this.number = number;
    }

    /** The group lists the task in this slot: whoever finds it there may end it, which takes it out. */
    void placedAt(int slot) {
        this.slot = slot;
    }

    /** Tells the observers of the fork; then what somebody has asked for meanwhile can follow. */
    void announceFork() {
        group.observers().taskForked(this);
        unannounced = false;
        carryOutRequest();
    }

    /** Observers were told that the task starts, or never will be; then what somebody has asked for meanwhile can follow. */
    void startIsTold() {
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

    /** Returns whether a thread that claims the task could run it now. */
    boolean couldBegin() {
        return !unannounced && !waitsForPlace && isNew() && !group.isCancelled();
    }

    int number() {
        return number;
    }

    int slot() {
        return slot;
    }

    // ---- the run

    @Override
    public void run() {
        if (claim()) {
            TaskRun.run(this);
        }
    }

    /** Runs the task on a thread that waits, if no other has begun it: returns whether it did. */
    boolean help() {
        if (!claim()) {
            return false;
        }
        group.dispatcher().forget(this);
        TaskRun.run(this);
        return true;
    }

    /** Whoever cancelled the group ends what has not begun. */
    private boolean claim() {
        return !unannounced && !group.isCancelled() && enter();
    }

    /** The executor refused the task when its place came: nobody ran it, and it failed. */
    void failUnbegun(Throwable rejection) {
        if (claim()) {
            leave();
            startIsTold();
            neverRuns();
            group.settlement().ended(this, TaskState.FAILED, rejection);
        }
    }

    /**
     * Tells the observers of the end, unless whoever asked the task to stop is still telling them of that.
     *
     * @return whether the task is settled with that; else it is when the other has told them
     */
    boolean announceEnd() {
        if (group.isObserved()) {
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
        if (ended == TaskState.FAILED || isStopped || group.observers().needEnds()) {
            inContext(() -> tellEnd(ended == TaskState.FAILED, isStopped));
        }
    }

    private void tellEnd(boolean isFailed, boolean isStopped) {
        Observers observers = group.observers();
        if (isFailed) {
            observers.taskFailed(this, thrown());
        }
        if (isStopped) {
            observers.taskStopped(this, Cancellation.reason(this), StopRequest.untilLeft(request()));
        }
        if (observers.needEnds()) {
            observers.taskEnded(this, facts().ran());
        }
    }

    /** A task that is held need not keep what it carried. */
    private void releaseContext() {
        TaskFacts known = facts;
        if (known != null) {
            known.context = null;
        }
    }

    @Nullable
    Captured context() {
        TaskFacts known = facts;
        return known == null ? null : known.context;
    }

    private void inContext(Runnable call) {
        Context.run(hasRun() ? context() : null, call, this);
    }

    /** Nobody will run the task: it waits no longer, and lets go of what it would have carried. */
    void neverRuns() {
        TaskFacts known = facts;
        if (known != null) {
            known.started();
            Context.discard(known.context, this);
            known.context = null;
        }
    }

    // ---- stopping it

    @Override
    public boolean cancel() {
        return requestStop(CancelReason.ofTask(
                CancelReason.Kind.REQUESTED, name(), this + " was cancelled on its own by Task.cancel()"));
    }

    @Override
    public boolean cancel(String reason) {
        Objects.requireNonNull(reason, "reason");
        return requestStop(CancelReason.ofTask(CancelReason.Kind.REQUESTED, name(), reason));
    }

    boolean requestStop(CancelReason reason) {
        StopRequest request = ask(reason);
        if (request == null) {
            return false;
        }
        if (!request.isWithdrawn()) {
            group.watch(request);
        }
        carryOut(request);
        return true;
    }

    /** What follows from a request, once: observers are told, and a task that has not begun ends. */
    private void carryOut(StopRequest request) {
        if (isTooEarlyFor(request) || !request.claim()) {
            return;
        }
        if (group.isObserved()) {
            inContext(() -> group.observers().taskCancelRequested(this, request.reason));
        }
        boolean endIsMine = !request.announced();
        if (request.isWithdrawn()) {
            neverRuns();
            group.settlement().ended(this, TaskState.CANCELLED, null);
        } else if (endIsMine) {
            tellEnd();
            releaseContext();
            group.settled();
        }
    }

    /** Whoever tells the observers of the fork, or of the start, goes on with what somebody has asked for meanwhile. */
    private boolean isTooEarlyFor(StopRequest request) {
        TaskFacts known = facts;
        return unannounced || known != null && known.startUntold && !request.isWithdrawn();
    }

    /** The executor refused the task: it ends here, unless somebody else has begun it or asked it to stop. */
    boolean withdraw(CancelReason reason) {
        StopRequest request = ask(reason);
        if (request == null || !request.isWithdrawn()) {
            return false;
        }
        request.concealed();
        neverRuns();
        return true;
    }

    @Override
    void askedBelow(CancelReason reason) {
        // the scope below lent its thread to this task; who may stop the task is for the task's own group
    }

    @Override
    List<TaskFailure> abandon() {
        throw new AssertionError(this + " is on top of the stack of a thread that is below it");
    }

    @Override
    void throwIfWaitIsOver(ForkedTask<?> awaited) throws InterruptedException {
        if (!isInterruptible()) {
            throwIfAsked();
        } else if (isOwed()) {
            told();
            throw new InterruptedException(this + " was asked to stop while it awaited " + awaited);
        }
    }

    void throwIfAsked() {
        StopRequest request = request();
        if (request != null) {
            told();
            throw new TaskCancelledException(this + " was asked to stop (" + request.reason + ")", request.reason);
        }
    }

    @Override
    CancelScope enclosing() {
        return group.body();
    }

    @Override
    ForkedTask<T> task() {
        return this;
    }

    // ---- following it

    @Override
    public T await() throws InterruptedException {
        if (!isReleased()) {
            group.await(this);
        }
        return result();
    }

    @Override
    public Task<T> onCompletion(Consumer<? super Task<T>> callback) {
        Objects.requireNonNull(callback, "callback");
        group.settlement()
                .addCallback(this, () -> inContext(() -> group.settlement().run(this, callback)));
        return this;
    }

    @Override
    public CompletableFuture<T> toCompletableFuture() {
        TaskFuture<T> future = new TaskFuture<>(this);
        onCompletion(ended -> future.completeAs(this));
        return future;
    }

    // ---- what it is

    @Override
    public Duration waited() {
        TaskFacts known = facts;
        return known != null && state().isTerminal() ? known.waited() : Duration.ZERO;
    }

    @Override
    public boolean isCancelRequested() {
        return request() != null;
    }

    @Override
    public long id() {
        return facts().id();
    }

    TaskFacts facts() {
        if (facts == null) {
            FACTS.compareAndSet(this, null, new TaskFacts(null, null, group.openedNanos()));
        }
        return Objects.requireNonNull(facts);
    }

    Duration age(long nowNanos) {
        return facts().age(nowNanos);
    }

    @Override
    public String name() {
        TaskFacts known = facts;
        return known != null && known.givenName != null ? known.givenName : group.name() + "-" + number;
    }

    @Override
    public TaskGroup group() {
        return group;
    }

    @Override
    OwnedGroup ownedGroup() {
        return group;
    }

    @Override
    public String toString() {
        return "Task '" + name() + "' of group '" + group.name() + "'";
    }
}
