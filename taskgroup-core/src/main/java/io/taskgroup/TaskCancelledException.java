package io.taskgroup;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by {@link Task#await()} and {@link Task#result()} of a task that was cancelled, by {@link Task#await()} in a
 * body or task that was itself asked to stop, and by {@link Task#checkpoint()}.
 */
public class TaskCancelledException extends CancellationException {
    private static final long serialVersionUID = 1L;

    // in parts, for a CancelReason holds an Optional, which is not serializable
    /** The kind of the reason. */
    private final CancelReason.Kind kind;
    /** The message of the reason. */
    private final String reasonMessage;
    /** The task of the reason, or null. */
    private final @Nullable String reasonTask;

    /**
     * Creates the exception.
     *
     * @param message what was cancelled, and what to do about it
     * @param reason why
     */
    public TaskCancelledException(String message, CancelReason reason) {
        super(Objects.requireNonNull(message, "message"));
        this.kind = Objects.requireNonNull(reason, "reason").kind();
        this.reasonMessage = reason.message();
        this.reasonTask = reason.taskName().orElse(null);
    }

    /**
     * Returns why the cancellation began.
     *
     * @return the first reason
     */
    public CancelReason reason() {
        return new CancelReason(kind, reasonMessage, Optional.ofNullable(reasonTask));
    }
}
