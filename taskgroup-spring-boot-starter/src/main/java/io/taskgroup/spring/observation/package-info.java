/**
 * Observations of groups and tasks, where the application has an {@link io.micrometer.observation.ObservationRegistry}:
 * with Micrometer Tracing they become spans.
 *
 * <p>{@link io.taskgroup.spring.observation.TaskGroupObservationDocumentation} lists them. A bean of the type
 * {@link io.taskgroup.spring.observation.TaskGroupObservationConvention} or
 * {@link io.taskgroup.spring.observation.TaskObservationConvention} changes their names and key values.
 */
@NullMarked
package io.taskgroup.spring.observation;

import org.jspecify.annotations.NullMarked;
