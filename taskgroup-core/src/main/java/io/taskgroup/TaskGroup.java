package io.taskgroup;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Tasks that end together. A group is opened by a {@link TaskGroupFactory} around a body of code on one thread, the
 * <i>owner</i>. Nothing outlives it: when {@code call}, {@code run}, or {@link OpenTaskGroup#close()} is over, the
 * thread of every task has left the task.
 *
 * <p><b>One ends all.</b> With the default policy the first task that fails or is cancelled cancels the group: every
 * other task is asked to stop, tasks that have not started never run, nothing more may be forked, and the body is woken.
 * The first cause is the group's {@link CancelReason}; it does not change.
 *
 * <p><b>Who may do what.</b> Any thread that holds the group may fork while the group is open, and cancel it: the body,
 * its tasks, their tasks, other threads. A fork that returned is always joined. Only the owner may {@link #join()}, and
 * not from inside a task, a callback or an observer.
 *
 * <p><b>Interrupts.</b> In the block form a cancellation interrupts the body if it is blocked in foreign code, once;
 * {@code join}, {@code await} and {@code fork} notice without an interrupt. When {@code call} is over, the owner's
 * interrupt flag is as an outside caller left it. The try-with-resources form never interrupts its body.
 *
 * <p><b>General exceptions.</b> A null argument gives {@code NullPointerException}, a blank name or a duration that is
 * not positive {@code IllegalArgumentException}; both name the argument, and nothing is started.
 *
 * <p><b>Memory consistency effects.</b> What a thread did before {@code fork} happens before the task; what tasks,
 * callbacks and observers did happens before the return of {@code join} and {@code call}.
 *
 * @see <a href="https://docs.python.org/3/library/asyncio-task.html#task-groups">asyncio task groups</a>
 */
public sealed interface TaskGroup permits OpenTaskGroup {
    /**
     * Returns the number of this group, unique in this JVM.
     *
     * @return the number
     */
    long id();

    /**
     * Returns the group's name.
     *
     * @return the name
     */
    String name();

    /**
     * Returns the task in which this group was opened.
     *
     * @return the task; empty if the group was not opened in a task, or has ended
     */
    Optional<Task<?>> parent();

    /**
     * Forks a task. It runs on a thread of the factory; the context of the calling thread is captured now and restored
     * in the task.
     *
     * @param <T> the type of the result
     * @param task the code
     * @return the task
     * @throws TaskGroupCancelledException if the group was cancelled; the task does not run
     * @throws IllegalStateException if the group has ended
     * @throws java.util.concurrent.RejectedExecutionException if the executor took no more; the task is cancelled, the
     *     group stays usable
     */
    <T> Task<T> fork(Callable<? extends T> task);

    /**
     * As {@link #fork(Callable)}, with a name, by which messages, observers and the task tree call it.
     *
     * @param <T> the type of the result
     * @param taskName the name; not blank; need not be unique
     * @param task the code
     * @return the task
     */
    <T> Task<T> fork(String taskName, Callable<? extends T> task);

    /**
     * As {@link #fork(Callable)}, for a task without a result that may throw checked exceptions.
     *
     * @param task the code
     * @return the task
     */
    Task<Void> fork(TaskAction task);

    /**
     * As {@link #fork(TaskAction)}, with a name.
     *
     * @param taskName the name; not blank; need not be unique
     * @param task the code
     * @return the task
     */
    Task<Void> fork(String taskName, TaskAction task);

    /**
     * Waits until every task has ended, tasks forked in the meantime included, and every callback and observer has run;
     * then throws what the group's end calls for. More forks and another join may follow.
     *
     * <p>While it waits, the owner may run tasks of this group that no thread has begun, when tasks run on an executor
     * that the application gave. Such a task finds the owner's thread-locals (its context is restored around it all
     * the same), and an interrupt from outside counts as the owner's.
     *
     * <p>In the block form there is an implicit join at the end of the body, and a failure that the body swallows is
     * thrown again there.
     *
     * @throws TaskGroupException if tasks failed, and the policy says that the group failed; after a timeout it is a
     *     {@link TaskGroupTimeoutException}
     * @throws TaskGroupCancelledException if the factory was shut down
     * @throws InterruptedException if the owner was interrupted, which cancels the group, or the task or group around
     *     this one was cancelled; every task has ended then, too
     * @throws IllegalStateException if the caller is not the owner, or is inside a task, a callback or an observer
     */
    void join() throws InterruptedException;

    /**
     * Cancels the group: its tasks and its body are asked to stop. Returns without waiting for them.
     *
     * @return true if this call did it; false if the group was cancelled before, or has ended
     */
    boolean cancel();

    /**
     * As {@link #cancel()}, with a reason in the words of the caller.
     *
     * @param reason why; becomes the message of the {@link CancelReason}
     * @return true if this call did it
     */
    boolean cancel(String reason);

    /**
     * Returns whether the group was cancelled, by whatever cause.
     *
     * @return whether there is a {@link #cancelReason()}
     */
    boolean isCancelled();

    /**
     * Returns what cancelled the group first.
     *
     * @return the reason; empty if the group was not cancelled
     */
    Optional<CancelReason> cancelReason();

    /**
     * Returns how many tasks were forked and have not ended. While tasks come and go, one that ends during the count may be
     * counted, and one that takes its place as well.
     *
     * @return the number of live tasks
     */
    int liveTasks();

    /**
     * Returns how many of the live tasks are running; the others wait for a thread, or for their turn.
     *
     * @return the number of running tasks
     */
    int runningTasks();

    /**
     * Returns how many tasks were forked, and how those ended that have. While tasks come and go, one that has just come may
     * pass for a success.
     *
     * @return the counts so far; final in {@link TaskGroupObserver#groupClosed} and later
     */
    TaskCounts counts();

    /**
     * Returns what has failed so far: tasks, callbacks, and tasks that were cancelled where the policy fails for those; at the
     * end of the block form, after these, also the body, if it has failed by itself.
     *
     * @return the failures in the order they happened; final in {@link TaskGroupObserver#groupClosed} and later
     */
    List<TaskFailure> failures();

    /**
     * Returns how long it is to the nearest deadline, those of enclosing groups included.
     *
     * @return the time left, zero when the deadline has passed; empty if there is none
     */
    Optional<Duration> remaining();

    /**
     * Gives the group a new deadline, counted from now. An enclosing group's deadline stays what it is.
     *
     * @param timeout the time from now; positive
     * @throws IllegalStateException if the group was cancelled or has ended: the deadline cannot be moved any more
     */
    void reschedule(Duration timeout);
}
