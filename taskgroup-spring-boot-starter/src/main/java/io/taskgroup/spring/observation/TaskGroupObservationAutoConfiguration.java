package io.taskgroup.spring.observation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * The observations of task groups. Off with {@code taskgroup.observations.enabled=false}; those of tasks are on only with
 * {@code taskgroup.observations.tasks=true}.
 *
 * <p>Our observers come first, so that those of the application are inside of the observation.
 */
@AutoConfiguration(
        afterName = {
            // Spring Boot 3
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            // Spring Boot 4
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnSingleCandidate(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "taskgroup.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "taskgroup.observations.enabled", matchIfMissing = true)
public class TaskGroupObservationAutoConfiguration {
    private static final int INSIDE_OF_OUR_OTHER_CARRIERS = Ordered.HIGHEST_PRECEDENCE + 30;

    /** Creates the configuration. Spring does that. */
    public TaskGroupObservationAutoConfiguration() {}

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    GroupObservations taskGroupObservations(
            ObservationRegistry registry, ObjectProvider<TaskGroupObservationConvention> convention) {
        return new GroupObservations(registry, convention.getIfAvailable());
    }

    @Bean
    @Order(INSIDE_OF_OUR_OTHER_CARRIERS)
    @ConditionalOnBooleanProperty(name = "taskgroup.observations.tasks")
    TaskObservations taskGroupTaskObservations(
            ObservationRegistry registry, ObjectProvider<TaskObservationConvention> convention) {
        return new TaskObservations(registry, convention.getIfAvailable());
    }

    /** After Spring Boot's own handler is defined, which would back off otherwise. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterObservationHandler.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class Meters {
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        SpansOnly taskGroupSpansOnly() {
            return new SpansOnly();
        }
    }
}
