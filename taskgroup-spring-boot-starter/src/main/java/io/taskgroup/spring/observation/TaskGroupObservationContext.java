package io.taskgroup.spring.observation;

import io.micrometer.observation.Observation;
import io.taskgroup.GroupOutcome;
import io.taskgroup.TaskGroup;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a group that is observed. Its error, if the group did not succeed, is what the first failed task threw
 * or, where none failed, the body.
 */
public final class TaskGroupObservationContext extends Observation.Context {
    private final TaskGroup group;
    private volatile @Nullable GroupOutcome outcome;

    TaskGroupObservationContext(TaskGroup group) {
        this.group = group;
    }

    /**
     * Returns the group.
     *
     * @return the group
     */
    public TaskGroup group() {
        return group;
    }

    /**
     * Returns how the group ended.
     *
     * @return the outcome; empty while the group is open
     */
    public Optional<GroupOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    void ended(GroupOutcome how) {
        outcome = how;
    }
}
