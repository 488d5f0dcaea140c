package io.taskgroup;

/**
 * The code of a task group that returns a value. It runs on the thread that called
 * {@link TaskGroupFactory#call(String, GroupBody)}, forks the group's tasks and usually awaits some of them.
 *
 * @param <R> the type of the value
 * @param <X> the checked exception that the body may throw; it reaches the caller as it is
 */
@FunctionalInterface
public interface GroupBody<R, X extends Exception> {
    /**
     * Runs the body.
     *
     * @param group the open group
     * @return the value that {@code call} returns once every task has ended
     * @throws X if the body fails; the group's tasks are cancelled then
     * @throws InterruptedException if the body was interrupted
     */
    R run(TaskGroup group) throws X, InterruptedException;
}
