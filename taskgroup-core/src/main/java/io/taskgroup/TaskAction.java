package io.taskgroup;

/** A task without a result that may throw any exception: a {@link Runnable} for {@link TaskGroup#fork(TaskAction)}. */
@FunctionalInterface
public interface TaskAction {
    /**
     * Runs the task.
     *
     * @throws Exception if the task fails
     */
    void run() throws Exception;
}
