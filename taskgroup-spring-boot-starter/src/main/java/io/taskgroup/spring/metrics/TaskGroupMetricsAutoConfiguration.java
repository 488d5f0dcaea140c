package io.taskgroup.spring.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The meters of task groups. Off with {@code taskgroup.metrics.enabled=false}. */
@AutoConfiguration(
        afterName = {
            // Spring Boot 3
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.export.simple.SimpleMetricsExportAutoConfiguration",
            // Spring Boot 4
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "taskgroup.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "taskgroup.metrics.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MetricsProperties.class)
public class TaskGroupMetricsAutoConfiguration {
    /** Creates the configuration. Spring does that. */
    public TaskGroupMetricsAutoConfiguration() {}

    @Bean
    MeteredGroups taskGroupMeteredGroups(MeterRegistry registry, MetricsProperties properties) {
        return new MeteredGroups(registry, properties);
    }

    @Bean
    GroupMetrics taskGroupMetrics(MeteredGroups groups) {
        return new GroupMetrics(groups);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "taskgroup.metrics.task-timers", matchIfMissing = true)
    TaskMetrics taskGroupTaskMetrics(MeteredGroups groups) {
        return new TaskMetrics(groups);
    }
}
