/** Meters of groups and tasks, where the application has a {@link io.micrometer.core.instrument.MeterRegistry}. */
@NullMarked
package io.taskgroup.spring.metrics;

import org.jspecify.annotations.NullMarked;
