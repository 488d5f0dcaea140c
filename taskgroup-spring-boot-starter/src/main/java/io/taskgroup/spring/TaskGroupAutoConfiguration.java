package io.taskgroup.spring;

import io.taskgroup.ContextCarrier;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupObserver;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/**
 * The {@link TaskGroupFactory} of a Spring Boot application, unless it defines one itself.
 *
 * <p>The threads that run tasks are not a bean: an {@link java.util.concurrent.Executor} bean would make Spring Boot's
 * {@code applicationTaskExecutor} back off.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "taskgroup.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TaskGroupProperties.class)
@ImportRuntimeHints(VirtualThreadHints.class)
public class TaskGroupAutoConfiguration {
    /** Creates the configuration. Spring does that. */
    public TaskGroupAutoConfiguration() {}

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    TaskGroupFactory taskGroupFactory(
            TaskGroupProperties properties,
            Environment environment,
            BeanFactory beans,
            ObjectProvider<ContextCarrier> carriers,
            ObjectProvider<TaskGroupObserver> observers,
            ObjectProvider<TaskGroupOptionsCustomizer> optionsCustomizers,
            ObjectProvider<TaskGroupFactoryCustomizer> factoryCustomizers) {
        TaskGroupFactory.Builder builder = TaskGroupFactory.builder();
        new TaskThreads(properties.executor(), environment, beans).applyTo(builder);
        new LayeredOptions(properties, optionsCustomizers.orderedStream().toList()).applyTo(builder);
        carriers.orderedStream().forEach(builder::contextCarrier);
        observers.orderedStream().forEach(builder::observer);
        factoryCustomizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    @Bean
    ApplicationFactories taskGroupFactories(ConfigurableApplicationContext application) {
        return new ApplicationFactories(application);
    }

    @Bean
    TaskGroupShutdown taskGroupShutdown(
            ConfigurableApplicationContext application,
            ApplicationFactories factories,
            TaskGroupProperties properties,
            Environment environment) {
        return new TaskGroupShutdown(application, factories, GracePeriod.of(properties.shutdown(), environment));
    }
}
