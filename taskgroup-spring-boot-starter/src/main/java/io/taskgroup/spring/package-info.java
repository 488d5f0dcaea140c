/**
 * Task groups for Spring Boot.
 *
 * <p>With this starter on the class path a {@link io.taskgroup.TaskGroupFactory} can be injected. It is configured by the
 * properties under {@code taskgroup}, and by beans: {@link io.taskgroup.spring.TaskGroupFactoryCustomizer},
 * {@link io.taskgroup.spring.TaskGroupOptionsCustomizer}, {@link io.taskgroup.ContextCarrier} and
 * {@link io.taskgroup.TaskGroupObserver}. A {@code TaskGroupFactory} bean of the application's own takes its place.
 */
@NullMarked
package io.taskgroup.spring;

import org.jspecify.annotations.NullMarked;
