package io.taskgroup;

/**
 * The code of a task group that returns nothing. It runs on the thread that called
 * {@link TaskGroupFactory#run(String, GroupAction)}.
 *
 * @param <X> the checked exception that the body may throw; it reaches the caller as it is
 */
@FunctionalInterface
public interface GroupAction<X extends Exception> {
    /**
     * Runs the body.
     *
     * @param group the open group
     * @throws X if the body fails; the group's tasks are cancelled then
     * @throws InterruptedException if the body was interrupted
     */
    void run(TaskGroup group) throws X, InterruptedException;
}
