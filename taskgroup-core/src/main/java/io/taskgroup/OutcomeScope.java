package io.taskgroup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A scope that has code, and in the end an outcome, which is published once, by {@link Settlement#ended}.
 *
 * <pre>
 * PENDING -> RUNNING                        the thread that claims it
 * RUNNING -> SUCCEEDED, FAILED, CANCELLED   that thread, when it has left the code and put the context back
 * PENDING -> CANCELLED                      whoever asked it to stop before it was claimed
 * </pre>
 */
abstract class OutcomeScope<T> extends FollowedScope {
    private static final VarHandle OUTCOME;

    static {
        try {
            OUTCOME = MethodHandles.lookup().findVarHandle(OutcomeScope.class, "outcome", TaskState.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private @Nullable Object content; // the code, until it has ended; then what it returned or threw
    private volatile @Nullable TaskState outcome;

    OutcomeScope(Callable<? extends T> code) {
        this.content = code;
    }

    @Override
    abstract ForkedTask<T> task();

    /** Returns the code of a task that has not ended. */
    @SuppressWarnings("unchecked")
    final Callable<? extends T> code() {
        return (Callable<? extends T>) Objects.requireNonNull(content);
    }

    /** The outcome is known to all from now on. Called once. */
    final void publish(TaskState ended, @Nullable Object valueOrThrown) {
        content = valueOrThrown;
        OUTCOME.setRelease(this, ended); // the followers are released next, which no reader can overtake
    }

    public final TaskState state() {
        TaskState ended = outcome;
        if (ended != null) {
            return ended;
        }
        return isNew() || !hasRun() ? TaskState.PENDING : TaskState.RUNNING;
    }

    /** Whether the code was begun, of a scope that has ended or was asked to stop. */
    final boolean hasRun() {
        StopRequest request = request();
        return request == null || !request.isWithdrawn();
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // what the code returned; null if that is what it returned
    public final T result() {
        return switch (state()) {
            case SUCCEEDED -> (T) content;
            case FAILED -> throw new TaskFailedException(this + " failed: " + ThrowableText.of(thrown()), thrown());
            case CANCELLED -> throw Cancellation.of(task());
            case PENDING, RUNNING ->
                throw new IllegalStateException(this + " has not ended; await() it, or join() the group first");
        };
    }

    public final Optional<Throwable> exception() {
        TaskState ended = outcome;
        return ended == TaskState.FAILED || ended == TaskState.CANCELLED
                ? Optional.ofNullable((Throwable) content)
                : Optional.empty();
    }

    /** Returns what a failed task threw. */
    final Throwable thrown() {
        return (Throwable) Objects.requireNonNull(content);
    }

    /** Returns what the code returned, or threw; null if neither, or if that is what it returned. */
    final @Nullable Object content() {
        return content;
    }
}
