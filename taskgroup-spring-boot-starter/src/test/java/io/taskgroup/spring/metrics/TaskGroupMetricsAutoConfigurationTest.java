package io.taskgroup.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupObserver;
import io.taskgroup.spring.TaskGroupAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TaskGroupMetricsAutoConfigurationTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TaskGroupAutoConfiguration.class, TaskGroupMetricsAutoConfiguration.class));
    private final ApplicationContextRunner metered =
            runner.withBean("registry", MeterRegistry.class, SimpleMeterRegistry::new);

    @Test
    void with_a_registry_groups_are_metered() {
        metered.run(context -> {
            context.getBean(TaskGroupFactory.class).run("page", group -> group.fork(() -> {}));

            assertThat(context.getBean(MeterRegistry.class)
                            .get("taskgroup.tasks")
                            .tags("group", "page", "outcome", "success", "exception", "none")
                            .timer()
                            .count())
                    .isOne();
        });
    }

    @Test
    void without_a_registry_there_are_no_meters_and_the_factory_works() {
        runner.run(context -> {
            assertThat(context).doesNotHaveBean(TaskGroupObserver.class);
            context.getBean(TaskGroupFactory.class).run("page", group -> group.fork(() -> {}));
        });
    }

    @Test
    void without_micrometer_there_are_no_meters_and_the_factory_works() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer")).run(context -> {
            assertThat(context).doesNotHaveBean(TaskGroupObserver.class);
            context.getBean(TaskGroupFactory.class).run("page", group -> group.fork(() -> {}));
        });
    }

    @Test
    void switched_off_there_are_no_meters() {
        metered.withPropertyValues("taskgroup.metrics.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(TaskGroupObserver.class));
    }

    @Test
    void with_task_groups_switched_off_there_are_no_meters() {
        metered.withPropertyValues("taskgroup.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(TaskGroupObserver.class));
    }

    @Test
    void with_two_registries_and_no_primary_one_there_are_no_meters_and_no_failure() {
        metered.withBean("second", MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TaskGroupObserver.class));
    }

    @Test
    void the_number_of_group_names_is_configured() {
        metered.withPropertyValues("taskgroup.metrics.max-group-names=1").run(context -> {
            TaskGroupFactory groups = context.getBean(TaskGroupFactory.class);
            groups.run("page", group -> {});
            groups.run("offers", group -> {});

            assertThat(context.getBean(MeterRegistry.class)
                            .find("taskgroup.groups")
                            .timers())
                    .extracting(timer -> timer.getId().getTag("group"))
                    .containsExactlyInAnyOrder("page", "other");
        });
    }

    @Test
    void a_negative_number_of_group_names_fails_and_names_the_property() {
        metered.withPropertyValues("taskgroup.metrics.max-group-names=-1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                InvalidConfigurationPropertyValueException.class,
                                invalid ->
                                        assertThat(invalid.getName()).isEqualTo("taskgroup.metrics.max-group-names")));
    }

    @Test
    void timers_of_tasks_can_be_switched_off() {
        metered.withPropertyValues("taskgroup.metrics.task-timers=false").run(context -> {
            context.getBean(TaskGroupFactory.class).run("page", group -> group.fork(() -> {}));

            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("taskgroup.tasks.forked").counter().count()).isOne();
            assertThat(registry.find("taskgroup.tasks").timer()).isNull();
            assertThat(registry.find("taskgroup.tasks.wait").timer()).isNull();
        });
    }

    @Test
    void histograms_are_configured() {
        RecordedHistograms histograms = new RecordedHistograms();
        metered.withPropertyValues("taskgroup.metrics.histogram=true").run(context -> {
            context.getBean(MeterRegistry.class).config().meterFilter(histograms);
            context.getBean(TaskGroupFactory.class).run("page", group -> group.fork(() -> {}));

            assertThat(histograms.published).contains("taskgroup.tasks");
        });
    }
}
