package io.taskgroup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.spring.TaskGroupAutoConfiguration;
import io.taskgroup.spring.TaskGroupOptionsCustomizer;
import io.taskgroup.spring.observation.TaskGroupObservationAutoConfiguration;
import io.taskgroup.spring.observation.TaskGroupObservationContext;
import io.taskgroup.spring.observation.TaskGroupObservationConvention;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The code in the starter's Javadoc; that of the core's is the README's. */
class JavadocSnippetsTest {
    @Configuration(proxyBeanMethods = false)
    static class Application {
        @Bean
        TestObservationRegistry registry() {
            return TestObservationRegistry.create();
        }

        @Bean
        TaskGroupOptionsCustomizer reportsMayTakeLonger() {
            return options ->
                    options.name().startsWith("report-") ? options.withTimeout(Duration.ofMinutes(5)) : options;
        }

        @Bean
        TaskGroupObservationConvention groupsOfThisRegion() {
            return new TaskGroupObservationConvention() {
                @Override
                public KeyValues getLowCardinalityKeyValues(TaskGroupObservationContext context) {
                    return TaskGroupObservationConvention.super
                            .getLowCardinalityKeyValues(context)
                            .and("region", "eu");
                }
            };
        }
    }

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(Application.class)
            .withConfiguration(AutoConfigurations.of(
                    TaskGroupAutoConfiguration.class, TaskGroupObservationAutoConfiguration.class));

    @Test
    void aCustomizerGivesReportsMoreTime() {
        runner.run(context -> {
            TaskGroupFactory groups = context.getBean(TaskGroupFactory.class);
            assertThat(groups.options("report-of-sales").timeout()).contains(Duration.ofMinutes(5));
            assertThat(groups.options("product-page").timeout()).isEmpty();
        });
    }

    @Test
    void aConventionAddsTheRegion() {
        runner.run(context -> {
            context.getBean(TaskGroupFactory.class).run("product-page", group -> {});
            TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
                    .hasObservationWithNameEqualTo("taskgroup")
                    .that()
                    .hasLowCardinalityKeyValue("region", "eu");
        });
    }
}
