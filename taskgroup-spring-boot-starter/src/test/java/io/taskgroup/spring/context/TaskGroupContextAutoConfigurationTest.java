package io.taskgroup.spring.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import io.taskgroup.ContextCarrier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.i18n.LocaleContextThreadLocalAccessor;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestAttributesThreadLocalAccessor;
import org.springframework.web.context.request.RequestContextHolder;

class TaskGroupContextAutoConfigurationTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TaskGroupContextAutoConfiguration.class));

    @Test
    void by_default_class_loader_thread_locals_and_security_context_are_carried_in_that_order() {
        runner.run(context -> assertThat(carriers(context))
                .hasExactlyElementsOfTypes(
                        ClassLoaderCarrier.class, ThreadLocalCarrier.class, SecurityContextCarrier.class));
    }

    @Test
    void carriers_of_the_application_are_inside_of_ours() {
        ContextCarrier own = () -> {
            throw new AssertionError("not called");
        };

        runner.withBean("own", ContextCarrier.class, () -> own)
                .run(context -> assertThat(carriers(context)).hasSize(4).last().isSameAs(own));
    }

    @Test
    void switched_off_nothing_is_carried() {
        runner.withPropertyValues("taskgroup.context-propagation.enabled=false")
                .run(context -> assertThat(carriers(context)).isEmpty());
    }

    @Test
    void with_task_groups_switched_off_nothing_is_carried() {
        runner.withPropertyValues("taskgroup.enabled=false")
                .run(context -> assertThat(carriers(context)).isEmpty());
    }

    @Test
    void without_context_propagation_the_rest_is_carried() {
        runner.withClassLoader(new FilteredClassLoader(ContextRegistry.class))
                .run(context -> assertThat(carriers(context))
                        .hasExactlyElementsOfTypes(ClassLoaderCarrier.class, SecurityContextCarrier.class));
    }

    @Test
    void without_spring_security_the_rest_is_carried() {
        runner.withClassLoader(new FilteredClassLoader(SecurityContextHolder.class))
                .run(context -> assertThat(carriers(context))
                        .hasExactlyElementsOfTypes(ClassLoaderCarrier.class, ThreadLocalCarrier.class));
    }

    @Test
    void mdc_locale_and_request_are_among_the_thread_locals() {
        runner.run(context -> assertThat(threadLocals(context))
                .contains("cp.slf4j", LocaleContextThreadLocalAccessor.KEY, RequestAttributesThreadLocalAccessor.KEY));
    }

    @Test
    void without_slf4j_the_other_thread_locals_are_carried() {
        runner.withClassLoader(new FilteredClassLoader(MDC.class))
                .run(context -> assertThat(threadLocals(context))
                        .contains(LocaleContextThreadLocalAccessor.KEY, RequestAttributesThreadLocalAccessor.KEY)
                        .doesNotContain("cp.slf4j"));
    }

    @Test
    void without_spring_web_the_other_thread_locals_are_carried() {
        runner.withClassLoader(new FilteredClassLoader(RequestContextHolder.class))
                .run(context -> assertThat(threadLocals(context))
                        .contains(LocaleContextThreadLocalAccessor.KEY, "cp.slf4j")
                        .doesNotContain(RequestAttributesThreadLocalAccessor.KEY));
    }

    @Test
    void the_registry_of_the_application_is_left_as_it_is() {
        runner.run(context -> assertThat(ContextRegistry.getInstance().getThreadLocalAccessors())
                .extracting(accessor -> accessor.key())
                .doesNotContain(
                        "cp.slf4j", LocaleContextThreadLocalAccessor.KEY, RequestAttributesThreadLocalAccessor.KEY));
    }

    private static List<ContextCarrier> carriers(AssertableApplicationContext context) {
        return context.getBeanProvider(ContextCarrier.class).orderedStream().toList();
    }

    private static String threadLocals(AssertableApplicationContext context) {
        return carriers(context).stream()
                .filter(ThreadLocalCarrier.class::isInstance)
                .findAny()
                .orElseThrow()
                .toString();
    }
}
