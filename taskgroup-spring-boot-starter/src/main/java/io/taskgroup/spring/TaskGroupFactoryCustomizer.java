package io.taskgroup.spring;

import io.taskgroup.TaskGroupFactory;

/**
 * Has the last word on the factory that Spring Boot configures. Every bean of this type is called once, in the order of
 * {@link org.springframework.core.annotation.Order @Order}, when the properties and the other beans have been applied.
 *
 * <p>What a customizer sets with {@link TaskGroupFactory.Builder#defaults} or {@link TaskGroupFactory.Builder#options}
 * takes the place of all {@code taskgroup.defaults} or {@code taskgroup.groups} properties; to change single values, use
 * a {@link TaskGroupOptionsCustomizer}.
 */
@FunctionalInterface
public interface TaskGroupFactoryCustomizer {
    /**
     * Customizes the factory.
     *
     * @param builder the builder, configured so far
     */
    void customize(TaskGroupFactory.Builder builder);
}
