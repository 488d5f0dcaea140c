package io.taskgroup;

import java.util.Objects;
import java.util.Optional;

/**
 * Why a group was cancelled, or why a task was asked to stop. The first reason wins; it travels with the cancellation
 * to every task, exception and observer (an idea of Trio's {@code CancelReason}).
 *
 * @param kind the cause
 * @param message a sentence for people, which names the group or task where it began
 * @param taskName the task where it began, if it began in a task
 */
public record CancelReason(Kind kind, String message, Optional<String> taskName) {
    /** What can cancel a group or a task. */
    public enum Kind {
        /** A task of the group failed. */
        TASK_FAILED,
        /** A task of the group was cancelled on its own, and the policy does not allow that. */
        TASK_CANCELLED,
        /** The group's {@link JoinPolicy} has seen enough; the body goes on. */
        DECIDED,
        /** The group's deadline passed. */
        TIMEOUT,
        /** Somebody called {@code cancel}. */
        REQUESTED,
        /** The group's body threw. */
        BODY_FAILED,
        /** The owner's thread was interrupted from outside. */
        INTERRUPTED,
        /** The task or group around this group was cancelled. */
        PARENT_CANCELLED,
        /** The factory was shut down. */
        SHUTDOWN
    }

    /**
     * Creates a reason.
     *
     * @param kind the cause
     * @param message a sentence for people
     * @param taskName the task where it began, if it began in a task
     * @throws NullPointerException if an argument is null
     */
    public CancelReason {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(taskName, "taskName");
    }

    static CancelReason of(Kind kind, String message) {
        return new CancelReason(kind, message, Optional.empty());
    }

    static CancelReason ofTask(Kind kind, String taskName, String message) {
        return new CancelReason(kind, message, Optional.of(taskName));
    }

    @Override
    public String toString() {
        return kind + ": " + message;
    }
}
