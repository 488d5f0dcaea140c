package io.taskgroup.spring.metrics;

import io.taskgroup.Task;
import io.taskgroup.TaskGroupObserver;
import java.time.Duration;

/** Times how long each task has waited and run, both when it has ended: one event a task is cheaper than two. */
final class TaskMetrics implements TaskGroupObserver {
    private final MeteredGroups groups;

    TaskMetrics(MeteredGroups groups) {
        this.groups = groups;
    }

    @Override
    public void taskEnded(Task<?> task, Duration ran) {
        groups.meters(task.group()).tasks().ended(task, ran);
    }
}
