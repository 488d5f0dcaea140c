package io.taskgroup;

import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * Thrown by {@link Task#await()} and {@link Task#result()} of a task that was cancelled, by {@link Task#await()} in a
 * body or task that was itself asked to stop, and by {@link Task#checkpoint()}.
 */
public class TaskCancelledException extends CancellationException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    private final KeptReason reason;

    /**
     * Creates the exception.
     *
     * @param message what was cancelled, and what to do about it
     * @param reason why
     */
    public TaskCancelledException(String message, CancelReason reason) {
        super(Objects.requireNonNull(message, "message"));
        this.reason = KeptReason.of(Objects.requireNonNull(reason, "reason"));
    }

    /**
     * Returns why the cancellation began.
     *
     * @return the first reason
     */
    public CancelReason reason() {
        return reason.reason();
    }
}
