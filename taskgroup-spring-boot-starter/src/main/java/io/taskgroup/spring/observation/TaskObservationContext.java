package io.taskgroup.spring.observation;

import io.micrometer.observation.Observation;
import io.taskgroup.Task;

/** What is known of a task that is observed. Its error is what a failed task threw. */
public final class TaskObservationContext extends Observation.Context {
    private final Task<?> task;

    TaskObservationContext(Task<?> task) {
        this.task = task;
    }

    /**
     * Returns the task.
     *
     * @return the task
     */
    public Task<?> task() {
        return task;
    }
}
