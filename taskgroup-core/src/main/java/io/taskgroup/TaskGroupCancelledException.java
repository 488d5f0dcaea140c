package io.taskgroup;

import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * Thrown by {@code fork} on a group that was cancelled, and by {@code call} when the group's body was stopped by a
 * cancellation that is nobody's failure.
 */
public class TaskGroupCancelledException extends CancellationException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    private final KeptReason reason;

    /**
     * Creates the exception.
     *
     * @param message what was cancelled, and what to do about it
     * @param reason why
     */
    public TaskGroupCancelledException(String message, CancelReason reason) {
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
