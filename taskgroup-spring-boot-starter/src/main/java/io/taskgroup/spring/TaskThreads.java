package io.taskgroup.spring;

import io.taskgroup.TaskGroupFactory;
import io.taskgroup.spring.TaskGroupProperties.ExecutorSettings;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.system.JavaVersion;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** The threads that {@code taskgroup.executor} asks for. */
record TaskThreads(ExecutorSettings settings, Environment environment, BeanFactory beans) {
    /** The name that Spring Boot gives to the executor of the application. */
    private static final String APPLICATION_TASK_EXECUTOR = "applicationTaskExecutor";

    void applyTo(TaskGroupFactory.Builder builder) {
        if (!StringUtils.hasText(settings.threadNamePrefix())) {
            throw new InvalidConfigurationPropertyValueException(
                    "taskgroup.executor.thread-name-prefix", settings.threadNamePrefix(), "It must not be blank.");
        }
        builder.threadNamePrefix(settings.threadNamePrefix());
        switch (settings.type()) {
            case AUTO -> {
                if (virtualThreadsAreUnwanted()) {
                    builder.platformThreads();
                }
            }
            case VIRTUAL -> virtualThreads(builder);
            case PLATFORM -> builder.platformThreads();
            case APPLICATION -> builder.executor(applicationTaskExecutor());
            case BEAN -> builder.executor(namedExecutor());
        }
    }

    /** Unset means nothing; false was written by somebody who wants none. */
    private boolean virtualThreadsAreUnwanted() {
        return Boolean.FALSE.equals(environment.getProperty("spring.threads.virtual.enabled", Boolean.class));
    }

    private static void virtualThreads(TaskGroupFactory.Builder builder) {
        if (JavaVersion.getJavaVersion().isOlderThan(JavaVersion.TWENTY_ONE)) {
            throw new UnusableExecutorException(
                    "taskgroup.executor.type is 'virtual', but this is Java " + JavaVersion.getJavaVersion()
                            + ", and virtual threads come with Java 21.",
                    "Run the application on Java 21 or later, or set taskgroup.executor.type to 'auto', which takes"
                            + " virtual threads where there are any and pooled platform threads elsewhere.");
        }
        builder.virtualThreads();
    }

    private Executor applicationTaskExecutor() {
        if (!beans.containsBean(APPLICATION_TASK_EXECUTOR)) {
            throw new UnusableExecutorException(
                    "taskgroup.executor.type is 'application', but there is no bean named '" + APPLICATION_TASK_EXECUTOR
                            + "'. Spring Boot defines it unless the application has an Executor bean of its own.",
                    "Set taskgroup.executor.type to 'bean' and taskgroup.executor.bean-name to the name of that Executor"
                            + " bean, or set spring.task.execution.mode to 'force' to have Spring Boot's executor as"
                            + " well.");
        }
        return executor(APPLICATION_TASK_EXECUTOR, "taskgroup.executor.type is 'application'");
    }

    private Executor namedExecutor() {
        String name = settings.beanName();
        if (!StringUtils.hasText(name)) {
            throw new UnusableExecutorException(
                    "taskgroup.executor.type is 'bean', but taskgroup.executor.bean-name is not set.",
                    "Set taskgroup.executor.bean-name to the name of the Executor bean that shall run tasks, or choose"
                            + " another taskgroup.executor.type.");
        }
        String property = "taskgroup.executor.bean-name is '" + name + "'";
        if (!beans.containsBean(name)) {
            throw new UnusableExecutorException(
                    property + ", but there is no bean of that name.",
                    "Correct the name, or define an Executor bean named '" + name + "'.");
        }
        return executor(name, property);
    }

    private Executor executor(String beanName, String property) {
        if (!beans.isTypeMatch(beanName, Executor.class)) {
            Class<?> type = beans.getType(beanName);
            throw new UnusableExecutorException(
                    property + ", but the bean '" + beanName + "' is no java.util.concurrent.Executor"
                            + (type == null ? "." : ": it is a " + type.getName() + "."),
                    "Name a bean that is an Executor, such as a ThreadPoolTaskExecutor.");
        }
        return beans.getBean(beanName, Executor.class);
    }
}
