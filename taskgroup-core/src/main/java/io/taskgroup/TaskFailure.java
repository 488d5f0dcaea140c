package io.taskgroup;

import java.io.Serializable;
import java.util.Objects;

/**
 * One entry of a {@link TaskGroupException}: who failed, and what it threw.
 *
 * @param taskName the task's name; {@code body} for a failure of the group's body, {@code callback of <task>} for a
 *     failed callback, {@code policy} for a failed {@link JoinPolicy}
 * @param exception what was thrown, as it was thrown
 * @serial exclude
 */
public record TaskFailure(String taskName, Throwable exception) implements Serializable {
    /**
     * Creates an entry.
     *
     * @param taskName the task's name
     * @param exception what was thrown
     * @throws NullPointerException if an argument is null
     */
    public TaskFailure {
        Objects.requireNonNull(taskName, "taskName");
        Objects.requireNonNull(exception, "exception");
    }
}
