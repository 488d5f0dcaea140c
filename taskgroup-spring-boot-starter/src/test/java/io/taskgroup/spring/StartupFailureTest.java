package io.taskgroup.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** What an operator reads when the configuration cannot be followed. */
@ExtendWith(OutputCaptureExtension.class)
class StartupFailureTest {
    @Test
    void a_typo_in_an_enum_is_named_with_the_values_that_are_valid(CapturedOutput output) {
        start("--taskgroup.executor.type=virtul");

        assertThat(output)
                .contains("Property: taskgroup.executor.type", "Value: \"virtul\"")
                .contains("AUTO", "VIRTUAL", "PLATFORM", "APPLICATION", "BEAN");
    }

    @Test
    void a_typo_in_a_policy_of_a_group_is_named_with_the_values_that_are_valid(CapturedOutput output) {
        start("--taskgroup.groups.page.policy=no-failure");

        assertThat(output)
                .contains("Property: taskgroup.groups.page.policy", "Value: \"no-failure\"")
                .contains("ALL_SUCCESSFUL", "NO_FAILURES");
    }

    @Test
    void a_zero_timeout_is_named_with_its_origin_and_the_reason(CapturedOutput output) {
        start("--taskgroup.groups.page.timeout=0");

        assertThat(output)
                .contains("Invalid value '0' for configuration property 'taskgroup.groups.page.timeout'")
                .contains("originating from", "commandLineArgs")
                .contains("A timeout must be positive. Leave the property out for a group without one.");
    }

    @Test
    void a_missing_executor_is_described_with_an_action(CapturedOutput output) {
        start("--taskgroup.executor.type=bean", "--taskgroup.executor.bean-name=suppliers");

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("taskgroup.executor.bean-name is 'suppliers', but there is no bean of that name.")
                .contains("Action:", "Correct the name, or define an Executor bean named 'suppliers'.");
    }

    private static void start(String... arguments) {
        assertThatException()
                .isThrownBy(() -> new SpringApplicationBuilder(Application.class)
                        .web(WebApplicationType.NONE)
                        .run(arguments));
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(TaskGroupAutoConfiguration.class)
    static class Application {}
}
