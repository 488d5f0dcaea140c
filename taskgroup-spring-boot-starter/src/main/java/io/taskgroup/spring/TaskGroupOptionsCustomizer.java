package io.taskgroup.spring;

import io.taskgroup.TaskGroupOptions;

/**
 * Changes the options of groups by code. Every bean of this type is called for every group that is opened, on the
 * opening thread and in the order of {@link org.springframework.core.annotation.Order @Order}; so it should be quick.
 *
 * <p>What it sets wins over {@code taskgroup.groups.<name>} and {@code taskgroup.defaults}; what a call sets in the
 * {@link TaskGroupOptions} that it passes wins over it. All of that value by value.
 *
 * <pre>{@code
 * @Bean
 * TaskGroupOptionsCustomizer reportsMayTakeLonger() {
 *     return options -> options.name().startsWith("report-") ? options.withTimeout(Duration.ofMinutes(5)) : options;
 * }
 * }</pre>
 */
@FunctionalInterface
public interface TaskGroupOptionsCustomizer {
    /**
     * Customizes the options of one group.
     *
     * @param configured the group's name, and the options as configured so far
     * @return the options to use: {@code configured} itself, or what its {@code with} methods return
     */
    TaskGroupOptions customize(TaskGroupOptions configured);
}
