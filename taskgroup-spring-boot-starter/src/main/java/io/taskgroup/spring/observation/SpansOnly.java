package io.taskgroup.spring.observation;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;

/**
 * Makes no meters of our observations. Groups and tasks have meters already, with a limit on the number of group names;
 * those that Spring Boot makes of every observation would count all of it again. Spring Boot asks its meter handlers in
 * order and takes the first that supports an observation: for ours, this one.
 */
final class SpansOnly implements MeterObservationHandler<Observation.Context> {
    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof TaskGroupObservationContext || context instanceof TaskObservationContext;
    }
}
