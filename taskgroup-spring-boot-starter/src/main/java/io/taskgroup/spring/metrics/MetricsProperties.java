package io.taskgroup.spring.metrics;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an application's configuration says about the meters of task groups.
 *
 * @param maxGroupNames How many values the tag 'group' takes. Further groups are counted as 'other'.
 * @param taskTimers Whether each task is timed: how long it waits and runs. If not, tasks are only counted, which costs
 *     them next to nothing.
 * @param histogram Whether the timers publish histograms, from which a monitoring system computes percentiles.
 */
@ConfigurationProperties("taskgroup.metrics")
record MetricsProperties(
        @DefaultValue("100") int maxGroupNames,
        @DefaultValue("true") boolean taskTimers,
        @DefaultValue("false") boolean histogram) {}
