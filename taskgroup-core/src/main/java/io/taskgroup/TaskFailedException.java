package io.taskgroup;

/**
 * Thrown by {@link Task#await()} and {@link Task#result()} of a task that failed. The cause is what the task threw.
 * A body may let it escape: the failure is then reported once, as the task's.
 */
public class TaskFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which task of which group failed
     * @param cause what the task threw
     */
    public TaskFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
