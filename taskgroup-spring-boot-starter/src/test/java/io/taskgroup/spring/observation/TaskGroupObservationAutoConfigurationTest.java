package io.taskgroup.spring.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.docs.ObservationDocumentation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.spring.DocumentedTable;
import io.taskgroup.spring.TaskGroupAutoConfiguration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;

class TaskGroupObservationAutoConfigurationTest {
    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    TaskGroupAutoConfiguration.class, TaskGroupObservationAutoConfiguration.class));
    private final ApplicationContextRunner observed = runner.withBean(TestObservationRegistry.class, () -> registry);

    @Test
    void with_a_registry_groups_are_observed_and_tasks_are_not() {
        observed.run(context -> {
            context.getBean(TaskGroupFactory.class).run("page", group -> group.fork(() -> {}));

            assertThat(ObservationLines.of(registry))
                    .containsExactly("group page {exception=none, group=page, outcome=success}");
        });
    }

    @Test
    void tasks_are_observed_where_the_configuration_says_so() {
        observed.withPropertyValues("taskgroup.observations.tasks=true").run(context -> {
            context.getBean(TaskGroupFactory.class).run("page", group -> group.fork("product", () -> {}));

            assertThat(ObservationLines.of(registry))
                    .containsExactly(
                            "group page {exception=none, group=page, outcome=success}",
                            "task product {exception=none, group=page, outcome=success} in group page");
        });
    }

    @Test
    void without_a_registry_nothing_is_observed_and_the_factory_works() {
        runner.run(context -> {
            assertThat(context).doesNotHaveBean(GroupObservations.class);
            context.getBean(TaskGroupFactory.class).run("page", group -> group.fork(() -> {}));
        });
    }

    @Test
    void without_micrometer_nothing_is_observed_and_the_factory_works() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer")).run(context -> {
            assertThat(context).doesNotHaveBean("taskGroupObservations");
            context.getBean(TaskGroupFactory.class).run("page", group -> group.fork(() -> {}));
        });
    }

    @Test
    void without_micrometers_meters_groups_are_observed() {
        observed.withClassLoader(new FilteredClassLoader("io.micrometer.core")).run(context -> {
            context.getBean(TaskGroupFactory.class).run("page", group -> {});

            assertThat(ObservationLines.of(registry))
                    .containsExactly("group page {exception=none, group=page, outcome=success}");
        });
    }

    @Test
    void switched_off_nothing_is_observed() {
        observed.withPropertyValues("taskgroup.observations.enabled=false", "taskgroup.observations.tasks=true")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(GroupObservations.class)
                        .doesNotHaveBean(TaskObservations.class));
    }

    @Test
    void with_task_groups_switched_off_nothing_is_observed() {
        observed.withPropertyValues("taskgroup.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(GroupObservations.class));
    }

    @Test
    void with_two_registries_and_no_primary_one_nothing_is_observed_and_nothing_fails() {
        observed.withBean("second", ObservationRegistry.class, ObservationRegistry::create)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(GroupObservations.class));
    }

    @Test
    void conventions_of_the_application_take_the_place_of_ours() {
        observed.withPropertyValues("taskgroup.observations.tasks=true")
                .withBean(TaskGroupObservationConvention.class, () -> new TaskGroupObservationConvention() {
                    @Override
                    public String getContextualName(TaskGroupObservationContext context) {
                        return "our " + context.group().name();
                    }
                })
                .withBean(TaskObservationConvention.class, () -> new TaskObservationConvention() {
                    @Override
                    public KeyValues getLowCardinalityKeyValues(TaskObservationContext context) {
                        return KeyValues.of(
                                KeyValue.of("shop", context.task().group().name()));
                    }
                })
                .run(context -> {
                    context.getBean(TaskGroupFactory.class).run("page", group -> group.fork("product", () -> {}));

                    assertThat(ObservationLines.of(registry))
                            .containsExactly(
                                    "our page {exception=none, group=page, outcome=success}",
                                    "task product {shop=page} in our page");
                });
    }

    @Test
    void spring_boots_own_handler_stays_and_makes_no_meters_of_our_observations_but_of_others() throws Exception {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .resourceLoader(new DefaultResourceLoader(new FilteredClassLoader("io.micrometer.tracing")))
                .run("--taskgroup.observations.tasks=true")) {
            observeAGroupAndSomethingElse(application);
        }
    }

    @Test
    void spring_boots_own_handler_makes_no_meters_of_our_observations_beside_a_tracer_either() throws Exception {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run("--taskgroup.observations.tasks=true")) {
            assertThat(application.getBeansOfType(Tracer.class)).isNotEmpty();
            observeAGroupAndSomethingElse(application);
        }
    }

    private static void observeAGroupAndSomethingElse(ConfigurableApplicationContext application) throws Exception {
        ObservationRegistry observations = application.getBean(ObservationRegistry.class);
        TaskGroupFactory groups = application.getBean(TaskGroupFactory.class);
        groups.run("page", group -> {
            assertThat(observations.getCurrentObservation()).isNotNull();
            group.fork(() -> {});
        });
        Observation.createNotStarted("order", observations).observe(() -> {});

        assertThat(application.getBeansOfType(MeterObservationHandler.class)).hasSize(2);
        assertThat(application.getBean(MeterRegistry.class).getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .contains("order", "taskgroup.groups", "taskgroup.tasks")
                .doesNotContain("taskgroup", "taskgroup.active", "taskgroup.task", "taskgroup.task.active");
    }

    @Test
    void the_documentation_names_every_observation_with_its_keys() {
        assertThat(DocumentedTable.withHeader("observation"))
                .extracting(row -> row.get(0) + " " + row.get(1) + " " + row.get(2))
                .containsExactly(
                        row("taskgroup", TaskGroupObservationDocumentation.GROUP),
                        row("taskgroup.task", TaskGroupObservationDocumentation.TASK));
        assertThat(new TaskGroupObservationConvention() {}.getName()).isEqualTo("taskgroup");
        assertThat(new TaskObservationConvention() {}.getName()).isEqualTo("taskgroup.task");
    }

    private static String row(String name, ObservationDocumentation documented) {
        return name + " " + keys(documented.getLowCardinalityKeyNames()) + " "
                + keys(documented.getHighCardinalityKeyNames());
    }

    private static String keys(KeyName... names) {
        return Arrays.stream(names).map(KeyName::asString).collect(Collectors.joining(", "));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
