package io.taskgroup;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;

/**
 * Opens task groups. One factory serves a whole application; it is thread-safe. Users may mock and decorate it.
 *
 * <p>In the <b>block form</b>, {@link #call(String, GroupBody) call} and {@link #run(String, GroupAction) run}, the body
 * runs on the calling thread, and the group is joined when the body returns or throws. The <b>try-with-resources
 * form</b>, {@link #open(String) open}, needs a {@link TaskGroup#join()} at the end of the block.
 *
 * <p><b>What a caller gets: the first cause wins, nothing is lost.</b>
 * <ul>
 *   <li>Tasks failed and the policy says so: {@link TaskGroupException}, always, also for one failure; a failure of the
 *       body after that comes last.
 *   <li>The body threw: that exception itself; failures of tasks are in one suppressed {@code TaskGroupException}. An
 *       exception that is only the echo of the group's cancellation is not a failure of its own.
 *   <li>The deadline passed: {@link TaskGroupTimeoutException}, or with {@link OnTimeout#MOVE_ON} nothing, unless the
 *       body was stopped by it.
 *   <li>The owner was interrupted from outside, or a task or group around this one was cancelled:
 *       {@code InterruptedException}; if tasks failed, too, {@code TaskGroupException} with the interrupt flag set.
 *   <li>{@link TaskGroup#cancel()}: nothing, if the body returned; {@link TaskGroupCancelledException} from {@code call}
 *       if it was stopped; failures still throw {@code TaskGroupException}.
 *   <li>A {@link VirtualMachineError} or {@link LinkageError}, of a task or the body: that error itself, after every
 *       task has ended, with all other failures suppressed.
 * </ul>
 *
 * <p>A call on a thread whose interrupt flag is set throws {@code InterruptedException} before the body runs.
 *
 * <p><b>Threads.</b> By default every task has a virtual thread of its own on JDK 21 and later, and a daemon thread of a
 * cached pool before.
 *
 * <p><b>General exceptions.</b> A null argument gives {@code NullPointerException}, a blank name
 * {@code IllegalArgumentException}; both name the argument, and nothing is started. After {@link #close()} a new group
 * is refused with {@code IllegalStateException}.
 */
public interface TaskGroupFactory extends AutoCloseable {
    /**
     * Returns a factory with all defaults.
     *
     * @return the factory
     */
    static TaskGroupFactory create() {
        return builder().build();
    }

    /**
     * Returns a builder with all defaults.
     *
     * @return the builder
     */
    static Builder builder() {
        return new FactoryBuilder();
    }

    /**
     * Returns what this factory applies to a group of a name when the call sets nothing.
     *
     * @param groupName the group's name
     * @return the options
     */
    TaskGroupOptions options(String groupName);

    /**
     * Runs a body with a group, joins it, and returns the body's value.
     *
     * @param <R> the type of the value
     * @param <X> the checked exception that the body may throw
     * @param groupName the group's name
     * @param body the code; runs on the calling thread
     * @return what the body returned
     * @throws X what the body threw
     * @throws InterruptedException if the calling thread was interrupted, or what is around it was cancelled
     * @throws TaskGroupException if tasks failed
     */
    <R, X extends Exception> R call(String groupName, GroupBody<? extends R, ? extends X> body)
            throws X, InterruptedException;

    /**
     * As {@link #call(String, GroupBody)}, with options.
     *
     * @param <R> the type of the value
     * @param <X> the checked exception that the body may throw
     * @param options the group's name and options; what they leave open, the factory fills in
     * @param body the code; runs on the calling thread
     * @return what the body returned
     * @throws X what the body threw
     * @throws InterruptedException if the calling thread was interrupted, or what is around it was cancelled
     * @throws TaskGroupException if tasks failed
     */
    <R, X extends Exception> R call(TaskGroupOptions options, GroupBody<? extends R, ? extends X> body)
            throws X, InterruptedException;

    /**
     * As {@link #call(String, GroupBody)}, for a body without a value.
     *
     * @param <X> the checked exception that the body may throw
     * @param groupName the group's name
     * @param body the code; runs on the calling thread
     * @throws X what the body threw
     * @throws InterruptedException if the calling thread was interrupted, or what is around it was cancelled
     * @throws TaskGroupException if tasks failed
     */
    <X extends Exception> void run(String groupName, GroupAction<? extends X> body) throws X, InterruptedException;

    /**
     * As {@link #run(String, GroupAction)}, with options.
     *
     * @param <X> the checked exception that the body may throw
     * @param options the group's name and options; what they leave open, the factory fills in
     * @param body the code; runs on the calling thread
     * @throws X what the body threw
     * @throws InterruptedException if the calling thread was interrupted, or what is around it was cancelled
     * @throws TaskGroupException if tasks failed
     */
    <X extends Exception> void run(TaskGroupOptions options, GroupAction<? extends X> body)
            throws X, InterruptedException;

    /**
     * Opens a group in the try-with-resources form. The calling thread becomes its owner.
     *
     * @param groupName the group's name
     * @return the group, to be {@linkplain OpenTaskGroup#join() joined} and closed by the calling thread
     */
    OpenTaskGroup open(String groupName);

    /**
     * As {@link #open(String)}, with options.
     *
     * @param options the group's name and options; what they leave open, the factory fills in
     * @return the group, to be {@linkplain OpenTaskGroup#join() joined} and closed by the calling thread
     */
    OpenTaskGroup open(TaskGroupOptions options);

    /**
     * Runs tasks at once and returns their results. The first that fails cancels the others.
     *
     * @param <T> the type of the results
     * @param groupName the group's name
     * @param tasks the tasks
     * @return the results in the order given
     * @throws InterruptedException if the calling thread was interrupted, or what is around it was cancelled
     * @throws TaskGroupException if a task failed or was cancelled
     */
    <T> List<T> all(String groupName, Collection<? extends Callable<? extends T>> tasks) throws InterruptedException;

    /**
     * As {@link #all(String, Collection)}, with options; their policy is not looked at.
     *
     * @param <T> the type of the results
     * @param options the group's name and options
     * @param tasks the tasks
     * @return the results in the order given
     * @throws InterruptedException if the calling thread was interrupted, or what is around it was cancelled
     * @throws TaskGroupException if a task failed or was cancelled
     */
    <T> List<T> all(TaskGroupOptions options, Collection<? extends Callable<? extends T>> tasks)
            throws InterruptedException;

    /**
     * Races tasks: returns the result of the first that succeeds, and cancels the others. Returns when those have ended.
     *
     * @param <T> the type of the result
     * @param groupName the group's name
     * @param tasks the tasks; at least one
     * @return the first result
     * @throws IllegalArgumentException if there are no tasks
     * @throws InterruptedException if the calling thread was interrupted, or what is around it was cancelled
     * @throws TaskGroupException if no task succeeded
     */
    <T> T any(String groupName, Collection<? extends Callable<? extends T>> tasks) throws InterruptedException;

    /**
     * As {@link #any(String, Collection)}, with options; their policy is not looked at.
     *
     * @param <T> the type of the result
     * @param options the group's name and options
     * @param tasks the tasks; at least one
     * @return the first result
     * @throws IllegalArgumentException if there are no tasks
     * @throws InterruptedException if the calling thread was interrupted, or what is around it was cancelled
     * @throws TaskGroupException if no task succeeded
     */
    <T> T any(TaskGroupOptions options, Collection<? extends Callable<? extends T>> tasks) throws InterruptedException;

    /**
     * Runs tasks to their end, whatever becomes of each: failures stay in the tasks.
     *
     * @param <T> the type of the results
     * @param groupName the group's name
     * @param tasks the tasks
     * @return the ended tasks in the order given
     * @throws InterruptedException if the calling thread was interrupted, or what is around it was cancelled
     */
    <T> List<Task<T>> settle(String groupName, Collection<? extends Callable<? extends T>> tasks)
            throws InterruptedException;

    /**
     * As {@link #settle(String, Collection)}, with options; their policy is not looked at.
     *
     * @param <T> the type of the results
     * @param options the group's name and options
     * @param tasks the tasks
     * @return the ended tasks in the order given
     * @throws InterruptedException if the calling thread was interrupted, or what is around it was cancelled
     */
    <T> List<Task<T>> settle(TaskGroupOptions options, Collection<? extends Callable<? extends T>> tasks)
            throws InterruptedException;

    /**
     * Applies a function to items at once and returns the results. The first call that fails cancels the others.
     *
     * @param <I> the type of the items
     * @param <T> the type of the results
     * @param groupName the group's name
     * @param items the items; null elements are allowed
     * @param function applied to each item in a task of its own
     * @return the results in the order of the items
     * @throws InterruptedException if the calling thread was interrupted, or what is around it was cancelled
     * @throws TaskGroupException if a call failed or was cancelled
     */
    <I, T> List<T> map(String groupName, Collection<? extends I> items, TaskFunction<? super I, ? extends T> function)
            throws InterruptedException;

    /**
     * As {@link #map(String, Collection, TaskFunction)}, with options; their policy is not looked at.
     *
     * @param <I> the type of the items
     * @param <T> the type of the results
     * @param options the group's name and options
     * @param items the items; null elements are allowed
     * @param function applied to each item in a task of its own
     * @return the results in the order of the items
     * @throws InterruptedException if the calling thread was interrupted, or what is around it was cancelled
     * @throws TaskGroupException if a call failed or was cancelled
     */
    <I, T> List<T> map(
            TaskGroupOptions options, Collection<? extends I> items, TaskFunction<? super I, ? extends T> function)
            throws InterruptedException;

    /**
     * Returns the live forest as it is now: the open groups that were opened outside of tasks of this factory, their
     * live tasks with the stacks of their threads, and the groups inside those. Taking it stops nobody; what it shows
     * of a task may be a moment older than what it shows of the next.
     *
     * @return the groups in the order they were opened
     */
    List<GroupSnapshot> snapshot();

    /**
     * Finds an open group.
     *
     * @param groupId its {@link TaskGroup#id()}
     * @return the group; empty if no group of this factory with that number is open
     */
    Optional<TaskGroup> find(long groupId);

    /**
     * Shuts down in peace: refuses new groups, waits for the open ones, cancels what is left after the grace period with
     * {@link CancelReason.Kind#SHUTDOWN}, and waits for its end. A group that the calling thread is inside of, or in
     * a callback of, is cancelled but not waited for. Threads that the factory made end.
     *
     * <p>Do not call it in an observer of a task, or in a policy: the group waits for that, and this for the group. Let another
     * thread do it.
     *
     * @param grace how long to wait before cancelling; zero cancels at once
     * @return true if nothing had to be cancelled
     * @throws InterruptedException if the calling thread was interrupted; what was left was cancelled then and has ended
     * @throws IllegalArgumentException if the grace period is negative
     */
    boolean shutdown(Duration grace) throws InterruptedException;

    /** Does what {@link #shutdown} does without grace. An interrupt does not end the wait; the flag is left set. */
    @Override
    void close();

    /** Collects the settings of a factory. Not thread-safe. */
    interface Builder {
        /**
         * Runs every task through an executor, but those that a waiting owner or awaiter runs itself. Bounded, direct
         * and virtual ones all work. The executor stays the application's: the factory does not shut it down.
         *
         * @param executor the executor
         * @return this builder
         */
        Builder executor(Executor executor);

        /**
         * Runs every task on a new thread of its own.
         *
         * @param factory makes the threads
         * @return this builder
         */
        Builder threadFactory(ThreadFactory factory);

        /**
         * Runs every task on a new virtual thread. The thread knows its task by its uncaught exception handler, which a
         * task must not replace: what it opens or asks for afterwards would not be known to be inside the task.
         *
         * @return this builder
         * @throws UnsupportedOperationException before JDK 21
         */
        Builder virtualThreads();

        /**
         * Runs tasks on the daemon threads of a cached pool, shared by all groups of the factory.
         *
         * @return this builder
         */
        Builder platformThreads();

        /**
         * Lets tasks of one group follow each other on a thread, of whatever kind was chosen: only a task that blocks
         * costs a thread of its own. Tasks of one group may then find each other's thread-locals; their context, their
         * interrupts and their cancellation stay their own. Groups do not share threads.
         *
         * @return this builder
         */
        Builder reuseThreads();

        /**
         * Names the threads that this factory makes itself: the prefix and a number.
         *
         * @param prefix the prefix; not blank
         * @return this builder
         */
        Builder threadNamePrefix(String prefix);

        /**
         * Sets options for every group of the factory. Their name is ignored.
         *
         * @param options the options
         * @return this builder
         */
        Builder defaults(TaskGroupOptions options);

        /**
         * Sets options group by group; called again, it replaces what was given before.
         *
         * @param perGroup gets the defaults under the group's name, returns them as configured for it: what is not set there
         *     is as it was; called for every group that is opened, on the opening thread
         * @return this builder
         */
        Builder options(UnaryOperator<TaskGroupOptions> perGroup);

        /**
         * Adds a carrier of context. May be called several times; the first carrier's context is the outermost.
         *
         * @param carrier the carrier
         * @return this builder
         */
        Builder contextCarrier(ContextCarrier carrier);

        /**
         * Adds an observer. May be called several times; observers are called in that order.
         *
         * @param observer the observer
         * @return this builder
         */
        Builder observer(TaskGroupObserver observer);

        /**
         * Builds the factory.
         *
         * @return the factory
         */
        TaskGroupFactory build();
    }
}
