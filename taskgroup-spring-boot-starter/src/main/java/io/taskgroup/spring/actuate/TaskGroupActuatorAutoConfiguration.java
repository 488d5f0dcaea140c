package io.taskgroup.spring.actuate;

import io.taskgroup.TaskGroupFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The actuator's endpoint {@code taskgroups}, once it is exposed, where task groups are configured. */
@AutoConfiguration(afterName = "io.taskgroup.spring.TaskGroupAutoConfiguration")
@ConditionalOnBean(name = "taskGroupFactories")
@ConditionalOnClass({WebEndpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBooleanProperty(name = "taskgroup.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TaskGroupsEndpointProperties.class)
public class TaskGroupActuatorAutoConfiguration {
    /** Creates the configuration. Spring does that. */
    public TaskGroupActuatorAutoConfiguration() {}

    @Bean
    @ConditionalOnAvailableEndpoint
    TaskGroupsEndpoint taskGroupsEndpoint(
            Iterable<TaskGroupFactory> factories,
            RecentGroups recent,
            StopReasons reasons,
            TaskGroupsEndpointProperties properties) {
        return new TaskGroupsEndpoint(factories, recent, reasons, properties);
    }

    @Bean
    @ConditionalOnAvailableEndpoint(endpoint = TaskGroupsEndpoint.class)
    @ConditionalOnMissingBean // in a child context the parent's factory has its observers there
    RecentGroups taskGroupsRecentlyFailed() {
        return new RecentGroups();
    }

    @Bean
    @ConditionalOnAvailableEndpoint(endpoint = TaskGroupsEndpoint.class)
    @ConditionalOnMissingBean
    StopReasons taskGroupsStopReasons() {
        return new StopReasons();
    }
}
