package io.taskgroup.spring.actuate;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The health of task groups: down while a straggler is older than a minute. Off unless
 * {@code management.health.taskgroups.enabled=true}, for a task that hangs seldom means that the whole application should
 * be restarted.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "taskgroup.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "management.health.taskgroups.enabled")
public class TaskGroupHealthAutoConfiguration {
    /** Creates the configuration. Spring does that. */
    public TaskGroupHealthAutoConfiguration() {}

    @Bean
    StragglerHealth taskGroupStragglerHealth() {
        return new StragglerHealth(System::nanoTime);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
    static class SpringBoot3 {
        @Bean
        SpringBoot3HealthIndicator taskgroupsHealthIndicator(StragglerHealth stragglers) {
            return new SpringBoot3HealthIndicator(stragglers);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
    static class SpringBoot4 {
        @Bean
        SpringBoot4HealthIndicator taskgroupsHealthIndicator(StragglerHealth stragglers) {
            return new SpringBoot4HealthIndicator(stragglers);
        }
    }
}
