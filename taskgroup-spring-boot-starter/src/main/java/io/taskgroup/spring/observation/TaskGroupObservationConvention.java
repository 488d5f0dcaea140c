package io.taskgroup.spring.observation;

import static io.taskgroup.spring.observation.TaskGroupObservationDocumentation.LowCardinalityKeyNames.EXCEPTION;
import static io.taskgroup.spring.observation.TaskGroupObservationDocumentation.LowCardinalityKeyNames.GROUP;
import static io.taskgroup.spring.observation.TaskGroupObservationDocumentation.LowCardinalityKeyNames.OUTCOME;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.taskgroup.GroupOutcome;

/**
 * The name and key values of a group's observation. The methods here give the documented ones; a bean of this type
 * overrides what it wants to have otherwise.
 *
 * <pre>{@code
 * @Bean
 * TaskGroupObservationConvention groupsOfThisRegion() {
 *     return new TaskGroupObservationConvention() {
 *         @Override
 *         public KeyValues getLowCardinalityKeyValues(TaskGroupObservationContext context) {
 *             return TaskGroupObservationConvention.super.getLowCardinalityKeyValues(context).and("region", "eu");
 *         }
 *     };
 * }
 * }</pre>
 */
public interface TaskGroupObservationConvention extends ObservationConvention<TaskGroupObservationContext> {
    @Override
    default String getName() {
        return "taskgroup";
    }

    @Override
    default String getContextualName(TaskGroupObservationContext context) {
        return "group " + context.group().name();
    }

    @Override
    default KeyValues getLowCardinalityKeyValues(TaskGroupObservationContext context) {
        return KeyValues.of(
                GROUP.withValue(context.group().name()),
                OUTCOME.withValue(context.outcome()
                        .map(TaskGroupObservationConvention::outcome)
                        .orElse("unknown")),
                EXCEPTION.withValue(TaskGroupObservationDocumentation.exception(context)));
    }

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof TaskGroupObservationContext;
    }

    private static String outcome(GroupOutcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> "success";
            case FAILED -> "failure";
            case TIMED_OUT -> "timeout";
            case CANCELLED -> "cancelled";
            case INTERRUPTED -> "interrupted";
        };
    }
}
