package io.taskgroup.spring;

import io.taskgroup.TaskGroupFactory;

/**
 * Has the last word on the factory that Spring Boot configures. Every bean of this type is called once, in the order of
 * {@link org.springframework.core.annotation.Order @Order}, when the properties and the other beans have been applied.
 *
 * <p>What a customizer sets with {@link TaskGroupFactory.Builder#defaults} takes the place of all
 * {@code taskgroup.defaults} properties; what it sets with {@link TaskGroupFactory.Builder#options}, that of all
 * {@code taskgroup.groups} properties and of every {@link TaskGroupOptionsCustomizer}. To change single values, use such
 * an options customizer.
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
