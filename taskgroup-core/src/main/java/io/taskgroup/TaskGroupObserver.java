package io.taskgroup;

import java.time.Duration;

/**
 * Sees what happens to groups and tasks: for metrics, traces and logs. It cannot change anything.
 *
 * <p>For a group the order is {@code groupOpened}, then for each task {@code taskForked}, {@code taskStarted} (if it
 * ran), {@code taskCancelRequested} (if it was asked), {@code taskFailed} (if it failed), {@code taskStopped} (if it was
 * asked or cancelled), {@code taskEnded}, each at most once, then {@code groupClosed}. All of them happen before
 * {@code join} or {@code call} returns.
 *
 * <p>Task events run inside the task's restored context, so that a log line carries the caller's MDC: {@code taskForked}
 * on the forking thread, {@code taskStarted} and {@code taskEnded} on the task's thread, {@code taskCancelRequested} on
 * the thread that asked or, if that came before {@code taskStarted}, on the task's thread. The events of a task that never ran come in the context of the thread that ended it. Events of
 * different tasks may come at the same time: an observer is thread-safe. It should be quick, for it runs on the
 * threads of tasks.
 *
 * <p>An observer costs only the events that it overrides. {@code taskForked}, {@code taskStarted} and {@code taskEnded}
 * come for every task, and the last two need the clock; the others come for groups, and for the few tasks that fail or
 * are stopped. An observer that counts tasks can ask the group: {@link TaskGroup#counts()}.
 *
 * <p>An observer that throws is logged once through {@link System.Logger} and gets no more events.
 */
public interface TaskGroupObserver {
    /**
     * A group was opened, on the owner's thread.
     *
     * @param group the group
     */
    default void groupOpened(TaskGroup group) {}

    /**
     * A group was cancelled; comes before its tasks are asked to stop, on the thread that cancelled it.
     *
     * @param group the group
     * @param reason why
     */
    default void groupCancelled(TaskGroup group, CancelReason reason) {}

    /**
     * All tasks of a group that were forked so far have ended, and {@code join} returns or throws next, on the owner's thread.
     * More tasks may be forked after that, and joined. At the end of the group comes {@code groupClosed} and not this.
     *
     * @param group the group
     */
    default void groupJoined(TaskGroup group) {}

    /**
     * A group has ended, on the owner's thread; no more events of it follow.
     *
     * @param group the group
     * @param outcome how it ended
     * @param elapsed the time since it was opened
     */
    default void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {}

    /**
     * A task was forked; no thread has begun to run it.
     *
     * @param task the task
     */
    default void taskForked(Task<?> task) {}

    /**
     * A thread begins to run the task.
     *
     * @param task the task
     * @param waited the time since it was forked
     */
    default void taskStarted(Task<?> task, Duration waited) {}

    /**
     * The task was asked to stop: at most once a task, by whoever asked first.
     *
     * @param task the task
     * @param reason why
     */
    default void taskCancelRequested(Task<?> task, CancelReason reason) {}

    /**
     * The task has ended and has failed.
     *
     * @param task the task
     * @param exception what it threw
     */
    default void taskFailed(Task<?> task, Throwable exception) {}

    /**
     * The task has ended, and was asked to stop before, whether it did so or not; or it was cancelled without having been
     * asked, by a {@code CancellationException} of its own. {@link Task#state()} tells which.
     *
     * @param task the task
     * @param reason why it was asked, or cancelled
     * @param sinceRequest the time since it was asked until its thread was gone; zero if it never ran or was not asked
     */
    default void taskStopped(Task<?> task, CancelReason reason, Duration sinceRequest) {}

    /**
     * The task has ended; {@link Task#state()} is final.
     *
     * @param task the task
     * @param ran the time it ran; zero for a task that never ran
     */
    default void taskEnded(Task<?> task, Duration ran) {}

    /**
     * A task is still running though it was asked to stop some time ago; comes again after two, four, … times as long.
     * It comes on a thread of its own, outside of the task's context.
     *
     * @param task the task
     * @param sinceCancel the time since it was asked to stop
     * @param thread the thread that runs it
     */
    default void taskStraggling(Task<?> task, Duration sinceCancel, Thread thread) {}
}
