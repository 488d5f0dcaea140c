package io.taskgroup;

import io.taskgroup.Program.TaskCode;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A task of a program that runs: what its code saw, and whether the library tells the same of it. */
final class TaskTrace {
    private final TaskCode code;
    private final GroupTrace group;
    private final String forker;
    private volatile @Nullable Task<?> task;
    private volatile @Nullable Thread thread;
    private volatile boolean left;
    private volatile @Nullable Throwable thrown;
    private volatile @Nullable CompletableFuture<?> future;

    TaskTrace(TaskCode code, GroupTrace group, String forker) {
        this.code = code;
        this.group = group;
        this.forker = forker;
    }

    String name() {
        return code.name();
    }

    GroupTrace group() {
        return group;
    }

    Task<?> task() {
        return Objects.requireNonNull(task);
    }

    /** {@code fork} has returned it. */
    void forked(Task<?> returned) {
        task = returned;
        group.forked(this);
    }

    void takeFuture() {
        future = task().toCompletableFuture();
    }

    @Nullable
    Throwable thrown() {
        return thrown;
    }

    boolean hasRun() {
        return thread != null;
    }

    boolean hasLeft() {
        return thread == null || left;
    }

    // ---- the code

    Object play(ProgramRun run) throws Exception {
        boolean flag = Thread.currentThread().isInterrupted();
        boolean stopped = group.wasStopped(); // before the look at the request, which then is there
        ForkedTask<?> current = (ForkedTask<?>) Task.current().orElseThrow();
        boolean asked = current.isCancelRequested();
        run.expect(thread == null, () -> name() + " ran twice");
        run.expect(current.name().equals(name()), () -> name() + " ran as " + current);
        thread = Thread.currentThread();
        run.context().expect(forker, "in task " + name());
        run.expect(!flag || asked || run.mayBeInterrupted(), () -> name() + " began with an interrupt of another");
        run.expect(!stopped || asked, () -> name() + " began after its group was cancelled");
        run.expect(current.request() == null || !current.request().isWithdrawn(), () -> name() + " ran cancelled");
        boolean hasPlace = !current.waitsForPlace;
        group.entered(hasPlace);
        try {
            new ProgramActor(run, name(), group, this).play(code.steps());
            return this;
        } catch (Throwable failure) {
            thrown = failure;
            run.met(failure);
            throw failure;
        } finally {
            run.expect(
                    group.isInterrupting() || !Thread.currentThread().isInterrupted() || run.mayBeInterrupted(),
                    () -> name() + " was interrupted, in a cooperative group");
            group.left(hasPlace);
            left = true;
        }
    }

    // ---- what must hold in the end

    void check(ProgramRun run) {
        Task<?> ended = task();
        TaskState state = ended.state();
        run.expect(state.isTerminal(), () -> name() + " is " + state);
        if (!hasRun() && ended.exception().orElse(null) instanceof RejectedExecutionException rejection) {
            thrown = rejection; // when its place came
        }
        run.expect(
                hasRun() || thrown != null || state == TaskState.CANCELLED,
                () -> name() + " never ran, and is " + state);
        run.expect(isExpected(state), () -> name() + " is " + state + ", and threw " + thrown);
        run.expect(
                ended.exception().orElse(null) == thrown,
                () -> name() + " threw " + thrown + ", not " + ended.exception());
        run.expect(state != TaskState.SUCCEEDED || ended.result() == this, () -> name() + " has another result");
        CompletableFuture<?> taken = future;
        run.expect(
                taken == null || taken.isDone() && taken.isCompletedExceptionally() == (state != TaskState.SUCCEEDED),
                () -> "the future of " + name() + " is " + taken + ", the task " + state);
        StopRequest request = ((ForkedTask<?>) ended).request();
        if (run.ranOnOwner(thread) && request != null && request.hasReached()) {
            run.interruptedOwner();
        }
    }

    /** Rule 6. That a task which runs on the owner's thread was stopped by the owner's interrupt is possible too. */
    private boolean isExpected(TaskState state) {
        Throwable failure = thrown;
        if (failure == null) {
            return state == TaskState.SUCCEEDED || !hasRun();
        }
        return switch (state) {
            case FAILED -> !(failure instanceof CancellationException);
            case CANCELLED -> Echo.isCancellation(failure) || repeatsWhatStoppedIt(failure);
            default -> false;
        };
    }

    /** Rule 5: a task that was asked to stop, and throws what it has got of another one that failed. */
    private boolean repeatsWhatStoppedIt(Throwable failure) {
        ForkedTask<?> ended = (ForkedTask<?>) task();
        return ended.request() != null && ended.ownedGroup().ledger().lists(failure);
    }

    @Override
    public String toString() {
        return name();
    }
}
