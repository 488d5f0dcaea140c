package io.taskgroup;

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
 * was asked to stop, {@link FollowedScope} who waits for its end, {@link OutcomeScope} what came of it, {@link ObservedScope} what of all that
 * observers were told.
 */
final class ForkedTask<T> extends ObservedScope<T> implements Task<T>, Runnable, Roster.Member {
    private final OwnedGroup group;
    private int number;

    @SuppressWarnings("NullAway.Init") // set before anyone can see the task
    private Roster.Page page;

    /** Written by the group's places. */
    volatile boolean waitsForPlace;

    ForkedTask(OwnedGroup group, @Nullable TaskFacts facts, Callable<? extends T> code) {
        super(code, facts, group.observers());
        this.group = group;
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

    /** Whoever finds the task on the page may end it, which strikes it out. */
    @Override
    public void listedOn(Roster.Page page) {
        this.page = page;
    }

    /** Returns whether a thread that claims the task could run it now. */
    boolean couldBegin() {
        return !isUnannounced() && !waitsForPlace && isNew() && !group.isCancelled();
    }

    int number() {
        return number;
    }

    Roster.Page page() {
        return page;
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
        return !isUnannounced() && !group.isCancelled() && enter();
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

    // ---- stopping it

    @Override
    public boolean cancel() {
        return cancel(this + " was cancelled on its own by Task.cancel()");
    }

    @Override
    public boolean cancel(String reason) {
        Objects.requireNonNull(reason, "reason");
        return requestStop(CancelReason.ofTask(CancelReason.Kind.REQUESTED, name(), reason), System.nanoTime());
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
            new TaskWait(this, group).await();
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
        if (state().isTerminal()) {
            future.completeAs(this);
        } else {
            onCompletion(ended -> future.completeAs(this));
        }
        return future;
    }

    // ---- what it is

    @Override
    public Duration waited() {
        TaskFacts known = knownFacts();
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

    Duration age(long nowNanos) {
        return facts().age(nowNanos);
    }

    @Override
    public String name() {
        TaskFacts known = knownFacts();
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
