package io.taskgroup;

/** Where a {@link Task} is in its life. It moves forward only, and never leaves a terminal state. */
public enum TaskState {
    /** Forked; no thread has begun to run it. */
    PENDING,
    /** A thread is in the task's code. */
    RUNNING,
    /** The task returned a value; also when it had been asked to stop. */
    SUCCEEDED,
    /** The task threw something that is not the echo of a cancellation. */
    FAILED,
    /** The task was asked to stop and did, or never ran, or threw a {@code CancellationException} of its own. */
    CANCELLED;

    /**
     * Returns whether the task has ended: its thread has left the task's code, and the outcome is final.
     *
     * @return true for {@link #SUCCEEDED}, {@link #FAILED} and {@link #CANCELLED}
     */
    public boolean isTerminal() {
        return compareTo(RUNNING) > 0;
    }
}
