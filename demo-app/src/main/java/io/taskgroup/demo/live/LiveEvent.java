package io.taskgroup.demo.live;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.taskgroup.CancelReason;
import io.taskgroup.GroupOutcome;
import io.taskgroup.Task;
import io.taskgroup.TaskGroup;
import io.taskgroup.TaskState;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Something that a client of the live stream is told, as JSON. Times are microseconds since 1970. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
sealed interface LiveEvent {
    /**
     * A group was opened.
     *
     * @param trace the trace of the request that it works for
     * @param parent the task that it was opened in
     */
    record GroupOpened(
            long at,
            long group,
            String name,
            @Nullable Long parent,
            @Nullable String trace) implements LiveEvent {
        static GroupOpened of(long at, TaskGroup group) {
            Long parent = group.parent().map(Task::id).orElse(null);
            return new GroupOpened(at, group.id(), group.name(), parent, MDC.get("traceId"));
        }
    }

    /**
     * A group was cancelled.
     *
     * @param by the task where it began, if it began in a task
     */
    record GroupCancelled(
            long at,
            long group,
            CancelReason.Kind kind,
            String reason,
            @Nullable String by) implements LiveEvent {}

    record GroupClosed(long at, long group, GroupOutcome outcome) implements LiveEvent {}

    record TaskForked(long at, long group, long task, String name) implements LiveEvent {}

    record TaskStarted(long at, long group, long task) implements LiveEvent {}

    record TaskAskedToStop(long at, long group, long task, CancelReason.Kind kind, String reason)
            implements LiveEvent {}

    record TaskEnded(
            long at,
            long group,
            long task,
            TaskState state,
            @Nullable String thrown) implements LiveEvent {}

    /** How many groups and tasks there are, and were, by the starter's meters. */
    record Counters(long at, long groups, long tasks, long succeeded, long failed, long cancelled)
            implements LiveEvent {}
}
