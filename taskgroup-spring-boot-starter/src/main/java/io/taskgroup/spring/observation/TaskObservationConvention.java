package io.taskgroup.spring.observation;

import static io.taskgroup.spring.observation.TaskGroupObservationDocumentation.HighCardinalityKeyNames.TASK;
import static io.taskgroup.spring.observation.TaskGroupObservationDocumentation.LowCardinalityKeyNames.EXCEPTION;
import static io.taskgroup.spring.observation.TaskGroupObservationDocumentation.LowCardinalityKeyNames.GROUP;
import static io.taskgroup.spring.observation.TaskGroupObservationDocumentation.LowCardinalityKeyNames.OUTCOME;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.taskgroup.TaskState;

/**
 * The name and key values of a task's observation. The methods here give the documented ones; a bean of this type
 * overrides what it wants to have otherwise, as with {@link TaskGroupObservationConvention}.
 */
public interface TaskObservationConvention extends ObservationConvention<TaskObservationContext> {
    @Override
    default String getName() {
        return "taskgroup.task";
    }

    @Override
    default String getContextualName(TaskObservationContext context) {
        return "task " + context.task().name();
    }

    @Override
    default KeyValues getLowCardinalityKeyValues(TaskObservationContext context) {
        return KeyValues.of(
                GROUP.withValue(context.task().group().name()),
                OUTCOME.withValue(outcome(context.task().state())),
                EXCEPTION.withValue(TaskGroupObservationDocumentation.exception(context)));
    }

    @Override
    default KeyValues getHighCardinalityKeyValues(TaskObservationContext context) {
        return KeyValues.of(TASK.withValue(context.task().name()));
    }

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof TaskObservationContext;
    }

    private static String outcome(TaskState state) {
        return switch (state) {
            case SUCCEEDED -> "success";
            case FAILED -> "failure";
            case CANCELLED -> "cancelled";
            case PENDING, RUNNING -> "unknown";
        };
    }
}
