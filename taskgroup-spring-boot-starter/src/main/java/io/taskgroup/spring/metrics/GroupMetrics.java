package io.taskgroup.spring.metrics;

import io.taskgroup.CancelReason;
import io.taskgroup.GroupOutcome;
import io.taskgroup.Task;
import io.taskgroup.TaskGroup;
import io.taskgroup.TaskGroupObserver;
import java.time.Duration;

/**
 * Meters groups, counts their tasks, and times what stops. A task that is not stopped costs nothing: groups count their
 * tasks themselves.
 */
final class GroupMetrics implements TaskGroupObserver {
    private final MeteredGroups groups;

    GroupMetrics(MeteredGroups groups) {
        this.groups = groups;
    }

    @Override
    public void groupOpened(TaskGroup group) {
        groups.meters(group).groupOpened(group);
    }

    @Override
    public void groupCancelled(TaskGroup group, CancelReason reason) {
        groups.meters(group).groupCancelled(reason);
    }

    @Override
    public void groupJoined(TaskGroup group) {
        groups.meters(group).groupJoined(group);
    }

    @Override
    public void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {
        groups.meters(group).groupClosed(group, outcome, elapsed);
    }

    @Override
    public void taskStraggling(Task<?> task, Duration sinceCancel, Thread thread) {
        groups.meters(task.group()).taskStraggles(task);
    }

    @Override
    public void taskStopped(Task<?> task, CancelReason reason, Duration sinceRequest) {
        groups.meters(task.group()).taskStopped(task, reason, sinceRequest);
    }
}
