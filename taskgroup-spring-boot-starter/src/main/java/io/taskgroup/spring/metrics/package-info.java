/**
 * Meters of groups and tasks, where the application has a {@link io.micrometer.core.instrument.MeterRegistry}. Names and
 * tags are in the project's {@code docs/configuration.md}. When {@code call} or {@code join} has returned, the meters of
 * that group are complete; the number of group names that become tag values is limited.
 */
@NullMarked
package io.taskgroup.spring.metrics;

import org.jspecify.annotations.NullMarked;
