package io.taskgroup.spring.metrics;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an application's configuration says about the meters of task groups.
 *
 * @param maxGroupNames How many values the tag 'group' takes. Further groups are counted as 'other'.
 * @param histogram Whether the timers publish histograms, from which a monitoring system computes percentiles.
 */
@ConfigurationProperties("taskgroup.metrics")
record MetricsProperties(
        @DefaultValue("100") int maxGroupNames,
        @DefaultValue("false") boolean histogram) {}
