package io.taskgroup;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One forked piece of work of a {@link TaskGroup}. Deliberately not a {@code Future}: a task cannot be lost, and it is
 * done only when its thread has left it.
 *
 * <p><b>Life.</b> A task is {@link TaskState#PENDING} until a thread begins to run it. It ends once, as
 * {@link TaskState#SUCCEEDED}, {@link TaskState#FAILED} or {@link TaskState#CANCELLED}, and only after its thread has
 * left the task's code.
 *
 * <p><b>Cancellation.</b> A task that was asked to stop and ends with, or with a cause chain that contains,
 * {@code InterruptedException}, {@code InterruptedIOException} (but not {@code SocketTimeoutException}),
 * {@code ClosedByInterruptException} or {@code CancellationException} is CANCELLED; what it threw stays readable in
 * {@link #exception()}. If it ends with anything else it is FAILED. If it returns a value all the same, it SUCCEEDED. A
 * {@code CancellationException} of a task that nobody asked to stop makes it CANCELLED, as in asyncio.
 *
 * <p><b>General exceptions.</b> A null argument gives {@code NullPointerException} with the argument's name.
 *
 * <p><b>Memory consistency effects.</b> What a thread did before {@code fork} happens before the task; what the task
 * did happens before the return of {@link #await()} and {@link #result()}, before callbacks, observers and
 * {@link TaskGroup#join()}.
 *
 * @param <T> the type of the result
 */
public sealed interface Task<T> permits ForkedTask {
    /**
     * Returns the number of this task, unique in this JVM.
     *
     * @return the number
     */
    long id();

    /**
     * Returns the name given to {@code fork}, else {@code <group>-<n>}, where n counts the group's forks from 1.
     *
     * @return the name
     */
    String name();

    /**
     * Returns the group that the task was forked in.
     *
     * @return the group
     */
    TaskGroup group();

    /**
     * Returns where the task is in its life now.
     *
     * @return the state
     */
    TaskState state();

    /**
     * Waits until the task has ended, then does what {@link #result()} does. When a task fails, its group has been
     * cancelled (if its policy says so) before this method throws.
     *
     * <p>A waiter that was itself asked to stop does not wait for an unfinished task: in the body of a cancelled group
     * this method throws {@link TaskCancelledException}; in a task that was asked to stop it throws
     * {@code InterruptedException}, once, or in a {@linkplain CancelMode#COOPERATIVE cooperative} group
     * {@link TaskCancelledException}, every time.
     *
     * <p>A body or task of the same group that awaits a task that has not started may run it on its own thread.
     *
     * @return the task's result
     * @throws InterruptedException if the waiting thread was interrupted; the group is not cancelled by that, unless the
     *     exception leaves the body
     * @throws TaskFailedException if the task failed
     * @throws TaskCancelledException if the task was cancelled, or the wait was
     * @throws IllegalStateException if the task would wait for itself
     */
    T await() throws InterruptedException;

    /**
     * Returns the result of a task that has ended, without waiting.
     *
     * @return the task's result
     * @throws IllegalStateException if the task has not ended
     * @throws TaskFailedException if the task failed
     * @throws TaskCancelledException if the task was cancelled
     */
    T result();

    /**
     * Returns what a failed task threw, or what a cancelled one threw when it was stopped.
     *
     * @return the throwable; empty if there is none, or the task has not ended
     */
    Optional<Throwable> exception();

    /**
     * Returns how long the task waited for a thread: from its fork to its start or, if it never ran, to its end. The clock is
     * looked at only where an observer overrides {@link TaskGroupObserver#taskStarted} or
     * {@link TaskGroupObserver#taskEnded}.
     *
     * @return the time; zero before the task has ended, where nobody looks at the clock, and if {@code fork} took the task
     *     back, because its executor refused it
     */
    Duration waited();

    /**
     * Asks this task to stop, and no other. A task that has not started never runs; a running one is interrupted (not
     * in a {@linkplain CancelMode#COOPERATIVE cooperative} group). Returns at once; the task ends when its thread has
     * left it. What the cancellation means for the group is for its {@link JoinPolicy}.
     *
     * @return true if this call asked for it; false if the task had ended or had been asked before
     */
    boolean cancel();

    /**
     * As {@link #cancel()}, with a reason in the words of the caller.
     *
     * @param reason why; becomes the message of the {@link CancelReason}
     * @return true if this call asked for it
     */
    boolean cancel(String reason);

    /**
     * Returns whether the task was asked to stop before it ended, by anyone.
     *
     * @return whether it was asked
     */
    boolean isCancelRequested();

    /**
     * Runs a callback when the task has ended; at once if it has. This is asyncio's {@code add_done_callback}.
     *
     * <p>Callbacks of a group run one at a time, those of one task in the order they were added, in the task's context
     * and on the thread that ended the task or on another that is running callbacks of the group; no lock is held. So
     * a callback may add to a plain {@code ArrayList}. All of them have run before {@link TaskGroup#join()} returns,
     * and happen before it. One that throws fails the group as a failing task would, listed as
     * {@code callback of <task>}; the others still run. What only tells again that this task failed or was cancelled, as
     * {@link #result()} does, or that the group was cancelled, is no failure. A callback must not join the group.
     *
     * @param callback gets this task
     * @return this task
     */
    Task<T> onCompletion(Consumer<? super Task<T>> callback);

    /**
     * Returns this task as a future, for code that needs one. It completes when the task has ended: with the result,
     * with what a failed task threw, or for a cancelled one with {@link TaskCancelledException}. Cancelling the future
     * asks the task to stop; {@code isDone} turns true only when the task has ended. Stages that depend on it without
     * an executor of their own run as callbacks do.
     *
     * @return a new future
     */
    CompletableFuture<T> toCompletableFuture();

    /**
     * Returns the task that the calling thread is running.
     *
     * @return the task; empty outside of tasks
     */
    static Optional<Task<?>> current() {
        return Optional.ofNullable(CancelScope.currentTask());
    }

    /**
     * Throws if the current task was asked to stop. It is level-triggered: it throws every time. Outside of tasks it
     * does nothing.
     *
     * @throws TaskCancelledException (a {@link CancellationException}) if the current task was asked to stop
     */
    static void checkpoint() {
        ForkedTask<?> task = CancelScope.currentTask();
        if (task != null) {
            task.throwIfAsked();
        }
    }
}
