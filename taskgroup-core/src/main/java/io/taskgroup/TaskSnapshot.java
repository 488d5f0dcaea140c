package io.taskgroup;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A live task as it was at one moment.
 *
 * <p>Without an observer of {@code taskStarted} or {@code taskEnded}, and before the first
 * {@link TaskGroupFactory#snapshot()}, forks do not look at the clock: the age of a task that was forked then is that of
 * its group.
 *
 * @param id the task's number
 * @param name the task's name
 * @param state its state
 * @param cancelRequested whether it was asked to stop
 * @param age the time since it was forked
 * @param thread the name of the thread that runs it; a thread without a name is shown by its number
 * @param stack what that thread is doing, the innermost call first; empty if the task is not running
 * @param groups the open groups inside the task, the outermost first
 */
public record TaskSnapshot(
        long id,
        String name,
        TaskState state,
        boolean cancelRequested,
        Duration age,
        Optional<String> thread,
        List<String> stack,
        List<GroupSnapshot> groups) {
    /**
     * Creates a snapshot.
     *
     * @param id the task's number
     * @param name the task's name
     * @param state its state
     * @param cancelRequested whether it was asked to stop
     * @param age the time since it was forked
     * @param thread the name of the thread that runs it
     * @param stack what that thread is doing, the innermost call first
     * @param groups the open groups inside the task, the outermost first
     */
    public TaskSnapshot {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(age, "age");
        Objects.requireNonNull(thread, "thread");
        stack = List.copyOf(stack);
        groups = List.copyOf(groups);
    }
}
