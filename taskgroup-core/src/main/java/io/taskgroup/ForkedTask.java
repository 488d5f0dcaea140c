package io.taskgroup;

import io.taskgroup.ContextCarrier.Captured;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A task: the code, the run of it, and its outcome, in one object that the executor gets as its {@code Runnable}.
 *
 * <p>Whether it was begun and whether it was asked to stop is in {@link CancelScope}; its outcome is published once, by
 * {@link Ledger#ended}.
 *
 * <pre>
 * PENDING -> RUNNING                        the thread that claims it
 * RUNNING -> SUCCEEDED, FAILED, CANCELLED   that thread, when it has left the code and put the context back
 * PENDING -> CANCELLED                      whoever asked it to stop before it was claimed
 * </pre>
 */
final class ForkedTask<T> extends CancelScope implements Task<T>, Runnable {
    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final OwnedGroup group;
    private final @Nullable String givenName;
    private @Nullable Callable<? extends T> code;
    private @Nullable Captured context;
    private final long forkedNanos = System.nanoTime();
    private long startedNanos;

    private @Nullable Object result;
    private volatile @Nullable TaskState outcome;
    private volatile boolean ready;

    // written by the dispatcher
    volatile boolean hasPlace;

    // guarded by the ledger
    int number;

    @Nullable
    ForkedTask<?> previous;

    @Nullable
    ForkedTask<?> next;

    boolean concluded;
    List<Runnable> callbacks = List.of();
    List<Thread> waiters = List.of();

    ForkedTask(
            OwnedGroup group,
            @Nullable String name,
            Callable<? extends T> code,
            @Nullable Captured context,
            boolean interruptible) {
        super(interruptible);
        this.group = group;
        this.givenName = name;
        this.code = code;
        this.context = context;
    }

    // ---- the run

    @Override
    public void run() {
        claimAndExecute();
    }

    /** Runs the task on the calling thread, unless another has begun it or its group was cancelled. */
    boolean claimAndExecute() {
        if (group.isCancelled() || !enter()) {
            return false; // whoever cancelled the group ends what has not begun
        }
        execute();
        return true;
    }

    /** Runs the claimed task, up to and including everything that follows from its end. */
    private void execute() {
        Object event = FlightRecords.taskStarted(this);
        push();
        listenToBelow();
        try {
            Object value = null;
            Throwable thrown = null;
            try {
                Captured restored = context;
                value = restored == null ? callCode() : restored.call(this::callCode);
            } catch (Throwable failure) {
                thrown = failure;
            }
            IllegalStateException leftOpen = abandonAbove();
            if (thrown == null) {
                thrown = leftOpen;
            } else if (leftOpen != null) {
                thrown.addSuppressed(leftOpen);
            }
            StopRequest request = leave();
            pop();
            end(request, value, thrown, event);
        } finally {
            handBack(false);
        }
    }

    private @Nullable T callCode() throws Exception {
        if (group.isObserved()) {
            startedNanos = System.nanoTime();
            group.observers().taskStarted(this, Duration.ofNanos(startedNanos - forkedNanos));
        }
        return Objects.requireNonNull(code).call();
    }

    private void end(
            @Nullable StopRequest request, @Nullable Object value, @Nullable Throwable thrown, @Nullable Object event) {
        TaskState ended = TaskState.SUCCEEDED;
        if (thrown != null) {
            ended = isCancelledBy(thrown, request) ? TaskState.CANCELLED : TaskState.FAILED;
        }
        FlightRecords.taskEnded(event, this, ended);
        group.settlement().ended(this, ended, thrown == null ? value : thrown);
    }

    /** Rule 6: whether what the code threw is a failure, or what it was asked for. */
    private boolean isCancelledBy(Throwable thrown, @Nullable StopRequest request) {
        if (request != null) {
            return Echo.isCancellation(thrown);
        }
        if (group.owner().isCaller() && Echo.isInterruption(thrown)) {
            group.owner().interrupted(); // the task ran on the owner's thread, and the interrupt was meant for that
            return true;
        }
        return thrown instanceof CancellationException;
    }

    /** The executor refused the task when its place came: nobody ran it, and it failed. */
    void failUnbegun(Throwable rejection) {
        if (!group.isCancelled() && enter()) {
            leave();
            discardContext();
            group.settlement().ended(this, TaskState.FAILED, rejection);
        }
    }

    /** Called by the ledger, once. */
    void publish(TaskState ended, @Nullable Object valueOrThrown) {
        result = valueOrThrown;
        outcome = ended;
    }

    /** Tells the observers of the end, unless whoever asked the task to stop is still telling them of that. */
    void announceEnd() {
        if (group.isObserved()) {
            StopRequest request = request();
            if (request != null && request.handOver()) {
                return;
            }
            inContext(() -> group.observers().taskEnded(this, ranFor()));
        }
        release();
    }

    private Duration ranFor() {
        return startedNanos == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    private boolean hasRun() {
        StopRequest request = request();
        return request == null || !request.isWithdrawn();
    }

    /** Lets go of everything that a held task need not keep, and of the group's wait for it. */
    private void release() {
        code = null;
        context = null;
        group.settled();
    }

    private void inContext(Runnable call) {
        Context.run(hasRun() ? context : null, call, this);
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
            group.stragglers().start();
        }
        if (group.isObserved()) {
            inContext(() -> group.observers().taskCancelRequested(this, reason));
        }
        boolean endIsMine = !request.announced();
        if (request.isWithdrawn()) {
            discardContext();
            group.settlement().ended(this, TaskState.CANCELLED, null);
        } else if (endIsMine) {
            inContext(() -> group.observers().taskEnded(this, ranFor()));
            release();
        }
        return true;
    }

    /** The executor refused the task: it ends here, unless somebody else has begun it or asked it to stop. */
    boolean withdraw(CancelReason reason) {
        StopRequest request = ask(reason);
        if (request == null || !request.isWithdrawn()) {
            return false;
        }
        request.announced();
        discardContext();
        return true;
    }

    void discardContext() {
        Context.discard(context, this);
        context = null;
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

    @Override
    CancelScope enclosing() {
        return group.body();
    }

    @Override
    ForkedTask<?> task() {
        return this;
    }

    void throwIfAsked() {
        StopRequest request = request();
        if (request != null) {
            told();
            throw new TaskCancelledException(this + " was asked to stop (" + request.reason + ")", request.reason);
        }
    }

    // ---- waiting for it

    @Override
    public T await() throws InterruptedException {
        if (!ready) {
            group.await(this);
        }
        return result();
    }

    boolean isReady() {
        return ready;
    }

    /** Called by the ledger, once, when the policy has been asked. */
    void setReady() {
        ready = true;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // what the code returned; null if that is what it returned
    public T result() {
        return switch (state()) {
            case SUCCEEDED -> (T) result;
            case FAILED -> throw new TaskFailedException(this + " failed: " + Texts.of(thrown()), thrown());
            case CANCELLED -> throw cancellation();
            case PENDING, RUNNING ->
                throw new IllegalStateException(this + " has not ended; await() it, or join() the group first");
        };
    }

    @Override
    public Optional<Throwable> exception() {
        TaskState ended = outcome;
        return ended == TaskState.FAILED || ended == TaskState.CANCELLED
                ? Optional.ofNullable((Throwable) result)
                : Optional.empty();
    }

    /** Returns what a failed task threw. */
    Throwable thrown() {
        return (Throwable) Objects.requireNonNull(result);
    }

    TaskCancelledException cancellation() {
        CancelReason reason = cancelReason();
        TaskCancelledException cancelled = new TaskCancelledException(this + " was cancelled (" + reason + ")", reason);
        if (result != null) {
            cancelled.initCause((Throwable) result);
        }
        return cancelled;
    }

    private CancelReason cancelReason() {
        StopRequest request = request();
        if (request != null) {
            return request.reason;
        }
        if (result instanceof TaskGroupCancelledException refused) {
            return refused.reason();
        }
        return wasStoppedWithOwner()
                ? CancelReason.ofTask(
                        CancelReason.Kind.INTERRUPTED, name(), "the owner was interrupted while it ran " + this)
                : CancelReason.ofTask(
                        CancelReason.Kind.REQUESTED, name(), this + " threw " + Texts.of(thrown()) + " of its own");
    }

    /** Whether nobody asked this cancelled task to stop, nor did it by itself: it met an interrupt of the owner. */
    boolean wasStoppedWithOwner() {
        return request() == null && !(result instanceof CancellationException);
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
    public long id() {
        return id;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - forkedNanos);
    }

    @Override
    public String name() {
        return givenName != null ? givenName : group.name() + "-" + number;
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
    public TaskState state() {
        TaskState ended = outcome;
        if (ended != null) {
            return ended;
        }
        return isNew() || !hasRun() ? TaskState.PENDING : TaskState.RUNNING;
    }

    @Override
    public boolean isCancelRequested() {
        return request() != null;
    }

    @Override
    public String toString() {
        return "Task '" + name() + "' of group '" + group.name() + "'";
    }
}
