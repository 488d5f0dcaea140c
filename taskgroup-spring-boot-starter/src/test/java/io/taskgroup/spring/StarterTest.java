package io.taskgroup.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.spring.actuate.TaskGroupActuatorAutoConfiguration;
import io.taskgroup.spring.actuate.TaskGroupHealthAutoConfiguration;
import io.taskgroup.spring.context.TaskGroupContextAutoConfiguration;
import io.taskgroup.spring.metrics.TaskGroupMetricsAutoConfiguration;
import io.taskgroup.spring.observation.TaskGroupObservationAutoConfiguration;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A whole application, with every auto-configuration that this generation of Spring Boot has, in its own order. */
class StarterTest {
    @Test
    void an_application_has_a_factory_with_meters_and_context() throws Exception {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run("--taskgroup.executor.type=platform")) {
            TaskGroupFactory groups = application.getBean(TaskGroupFactory.class);
            MDC.put("request", "r1");
            try {
                String seen = groups.call(
                        "page", group -> group.fork(() -> MDC.get("request")).await());
                assertThat(seen).isEqualTo("r1");
            } finally {
                MDC.clear();
            }

            assertThat(application
                            .getBean(MeterRegistry.class)
                            .get("taskgroup.tasks")
                            .timer()
                            .count())
                    .isOne();
            assertThat(application.getBeanNamesForType(Executor.class)).contains("applicationTaskExecutor");
        }
    }

    @Test
    void tasks_are_counted_and_not_timed_where_spring_boots_own_properties_say_so() throws Exception {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--management.metrics.enable.taskgroup.tasks=false",
                        "--management.metrics.enable.taskgroup.tasks.forked=true")) {
            application.getBean(TaskGroupFactory.class).run("page", group -> group.fork(() -> {}));

            assertThat(application.getBean(MeterRegistry.class).getMeters())
                    .extracting(meter -> meter.getId().getName())
                    .filteredOn(name -> name.startsWith("taskgroup.tasks"))
                    .containsExactly("taskgroup.tasks.forked");
        }
    }

    @Test
    void an_application_without_any_optional_library_has_a_factory_that_works() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        TaskExecutionAutoConfiguration.class,
                        TaskGroupAutoConfiguration.class,
                        TaskGroupContextAutoConfiguration.class,
                        TaskGroupMetricsAutoConfiguration.class,
                        TaskGroupObservationAutoConfiguration.class,
                        TaskGroupActuatorAutoConfiguration.class,
                        TaskGroupHealthAutoConfiguration.class))
                .withPropertyValues("management.health.taskgroups.enabled=true")
                .withClassLoader(new FilteredClassLoader(
                        "io.micrometer",
                        "org.slf4j",
                        "org.springframework.boot.actuate",
                        "org.springframework.boot.health",
                        "org.springframework.security",
                        "org.springframework.web"))
                .run(context -> assertThat(context.getBean(TaskGroupFactory.class)
                                .<List<String>, RuntimeException>call(
                                        "page",
                                        group -> List.of(
                                                group.fork(() -> "works").await())))
                        .containsExactly("works"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
