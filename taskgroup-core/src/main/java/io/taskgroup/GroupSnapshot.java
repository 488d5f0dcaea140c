package io.taskgroup;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A group as it was at one moment.
 *
 * @param id the group's number
 * @param name the group's name
 * @param cancelled whether it was cancelled
 * @param cancelReason why
 * @param age the time since it was opened
 * @param remaining the time to the nearest deadline, those of enclosing groups included
 * @param counts how many tasks were forked, and how those ended that have
 * @param tasks the live tasks, in fork order
 */
public record GroupSnapshot(
        long id,
        String name,
        boolean cancelled,
        Optional<CancelReason> cancelReason,
        Duration age,
        Optional<Duration> remaining,
        TaskCounts counts,
        List<TaskSnapshot> tasks) {
    /**
     * Creates a snapshot.
     *
     * @param id the group's number
     * @param name the group's name
     * @param cancelled whether it was cancelled
     * @param cancelReason why
     * @param age the time since it was opened
     * @param remaining the time to the nearest deadline
     * @param counts how many tasks were forked, and how those ended that have
     * @param tasks the live tasks, in fork order
     */
    public GroupSnapshot {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(cancelReason, "cancelReason");
        Objects.requireNonNull(age, "age");
        Objects.requireNonNull(remaining, "remaining");
        Objects.requireNonNull(counts, "counts");
        tasks = List.copyOf(tasks);
    }

    /**
     * Returns the group as text: one line a group and a task, those inside indented, as Python's
     * {@code python -m asyncio pstree} shows tasks.
     *
     * @return the lines
     */
    public String toTree() {
        return text(false);
    }

    /**
     * Returns the group as {@link #toTree()} does, and under each task what its thread is doing, the innermost call
     * first, as in a thread dump.
     *
     * @return the lines
     */
    public String toTreeWithStacks() {
        return text(true);
    }

    private String text(boolean withStacks) {
        StringBuilder text = new StringBuilder();
        appendTo(text, "", withStacks);
        return text.toString();
    }

    private void appendTo(StringBuilder text, String indent, boolean withStacks) {
        text.append(indent)
                .append("group ")
                .append(OneLine.of(name))
                .append(" #")
                .append(id);
        text.append(", ").append(age.toMillis()).append(" ms old");
        remaining.ifPresent(left -> text.append(", ").append(left.toMillis()).append(" ms left"));
        cancelReason.ifPresent(why ->
                text.append(", cancelled (").append(OneLine.of(why.toString())).append(')'));
        for (TaskSnapshot task : tasks) {
            text.append('\n').append(indent).append("  task ").append(OneLine.of(task.name()));
            text.append(" #").append(task.id()).append(' ').append(task.state());
            text.append(task.cancelRequested() ? ", asked to stop" : "");
            text.append(", ").append(task.age().toMillis()).append(" ms old");
            task.thread().ifPresent(thread -> text.append(", on ").append(OneLine.of(thread)));
            if (withStacks) {
                task.stack()
                        .forEach(frame -> text.append('\n')
                                .append(indent)
                                .append("      at ")
                                .append(frame));
            }
            for (GroupSnapshot inside : task.groups()) {
                text.append('\n');
                inside.appendTo(text, indent + "    ", withStacks);
            }
        }
    }
}
