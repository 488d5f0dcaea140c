package io.taskgroup.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taskgroup.CancelMode;
import io.taskgroup.JoinPolicy;
import io.taskgroup.OnTimeout;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.TaskGroupTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class GroupPropertiesTest {
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TaskGroupAutoConfiguration.class));

    @Test
    void with_nothing_configured_the_options_are_the_librarys() {
        runner.run(context -> {
            TaskGroupOptions options = options(context, "page");
            assertThat(options.timeout()).isEmpty();
            assertThat(options.onTimeout()).isEqualTo(OnTimeout.FAIL);
            assertThat(options.policy()).isSameAs(JoinPolicy.allSuccessful());
            assertThat(options.cancelMode()).isEqualTo(CancelMode.INTERRUPT);
            assertThat(options.maxConcurrency()).isEmpty();
            assertThat(options.stragglerWarning()).isEqualTo(Duration.ofSeconds(10));
        });
    }

    @Test
    void defaults_hold_for_every_group() {
        runner.withPropertyValues(
                        "taskgroup.defaults.timeout=2s",
                        "taskgroup.defaults.on-timeout=move-on",
                        "taskgroup.defaults.max-concurrency=8",
                        "taskgroup.defaults.policy=no-failures",
                        "taskgroup.defaults.cancel-mode=cooperative",
                        "taskgroup.defaults.straggler-warning=3s")
                .run(context -> {
                    TaskGroupOptions options = options(context, "page");
                    assertThat(options.name()).isEqualTo("page");
                    assertThat(options.timeout()).contains(Duration.ofSeconds(2));
                    assertThat(options.onTimeout()).isEqualTo(OnTimeout.MOVE_ON);
                    assertThat(options.policy()).isSameAs(JoinPolicy.noFailures());
                    assertThat(options.cancelMode()).isEqualTo(CancelMode.COOPERATIVE);
                    assertThat(options.maxConcurrency()).hasValue(8);
                    assertThat(options.stragglerWarning()).isEqualTo(Duration.ofSeconds(3));
                });
    }

    @Test
    void an_entry_holds_for_the_group_of_its_name_only() {
        runner.withPropertyValues(
                        "taskgroup.groups.page.timeout=2s",
                        "taskgroup.groups.page.on-timeout=move-on",
                        "taskgroup.groups.page.max-concurrency=8",
                        "taskgroup.groups.page.policy=no-failures",
                        "taskgroup.groups.page.cancel-mode=cooperative",
                        "taskgroup.groups.page.straggler-warning=3s")
                .run(context -> {
                    TaskGroupOptions options = options(context, "page");
                    assertThat(options.timeout()).contains(Duration.ofSeconds(2));
                    assertThat(options.onTimeout()).isEqualTo(OnTimeout.MOVE_ON);
                    assertThat(options.policy()).isSameAs(JoinPolicy.noFailures());
                    assertThat(options.cancelMode()).isEqualTo(CancelMode.COOPERATIVE);
                    assertThat(options.maxConcurrency()).hasValue(8);
                    assertThat(options.stragglerWarning()).isEqualTo(Duration.ofSeconds(3));
                    assertThat(options(context, "other").timeout()).isEmpty();
                });
    }

    @Test
    void an_entry_with_one_value_keeps_the_other_defaults() {
        runner.withPropertyValues(
                        "taskgroup.defaults.timeout=2s",
                        "taskgroup.defaults.policy=no-failures",
                        "taskgroup.groups.page.on-timeout=move-on")
                .run(context -> {
                    TaskGroupOptions options = options(context, "page");
                    assertThat(options.timeout()).contains(Duration.ofSeconds(2));
                    assertThat(options.policy()).isSameAs(JoinPolicy.noFailures());
                    assertThat(options.onTimeout()).isEqualTo(OnTimeout.MOVE_ON);
                });
    }

    @Test
    void an_entry_may_name_the_librarys_default_against_other_defaults() {
        runner.withPropertyValues(
                        "taskgroup.defaults.policy=no-failures", "taskgroup.groups.page.policy=all-successful")
                .run(context -> assertThat(options(context, "page").policy()).isSameAs(JoinPolicy.allSuccessful()));
    }

    @ParameterizedTest
    @MethodSource
    void every_policy_that_needs_no_code_can_be_configured(String value, JoinPolicy policy) {
        runner.withPropertyValues("taskgroup.groups.page.policy=" + value)
                .run(context -> assertThat(options(context, "page").policy()).isSameAs(policy));
    }

    static Stream<Arguments> every_policy_that_needs_no_code_can_be_configured() {
        return Stream.of(
                Arguments.of("all-successful", JoinPolicy.allSuccessful()),
                Arguments.of("no-failures", JoinPolicy.noFailures()),
                Arguments.of("any-successful", JoinPolicy.anySuccessful()),
                Arguments.of("await-all", JoinPolicy.awaitAll()));
    }

    @Test
    void code_beats_customizers_that_beat_entries_that_beat_defaults_value_by_value() {
        runner.withPropertyValues(
                        "taskgroup.defaults.timeout=1h",
                        "taskgroup.defaults.on-timeout=move-on",
                        "taskgroup.defaults.policy=no-failures",
                        "taskgroup.defaults.cancel-mode=cooperative",
                        "taskgroup.groups.page.timeout=2h",
                        "taskgroup.groups.page.policy=all-successful",
                        "taskgroup.groups.page.cancel-mode=interrupt")
                .withBean(
                        TaskGroupOptionsCustomizer.class,
                        () -> options ->
                                options.withTimeout(Duration.ofHours(3)).withPolicy(JoinPolicy.noFailures()))
                .run(context -> {
                    TaskGroupOptions options = options(context, "page");
                    assertThat(options.timeout()).contains(Duration.ofHours(3)); // customizer
                    assertThat(options.policy()).isSameAs(JoinPolicy.noFailures()); // customizer
                    assertThat(options.cancelMode()).isEqualTo(CancelMode.INTERRUPT); // entry
                    assertThat(options.onTimeout()).isEqualTo(OnTimeout.MOVE_ON); // defaults

                    TaskGroupOptions code = TaskGroupOptions.named("page").withTimeout(Duration.ofMinutes(4));
                    Duration remaining = context.getBean(TaskGroupFactory.class)
                            .call(code, group -> group.remaining().orElseThrow());
                    assertThat(remaining).isLessThanOrEqualTo(Duration.ofMinutes(4));
                });
    }

    @Test
    void customizers_see_the_configured_options_and_are_called_in_their_order() {
        runner.withPropertyValues("taskgroup.groups.page.timeout=2s")
                .withUserConfiguration(DoubledAndThenASecondMore.class)
                .run(context -> assertThat(options(context, "page").timeout()).contains(Duration.ofSeconds(5)));
    }

    @Configuration(proxyBeanMethods = false)
    static class DoubledAndThenASecondMore {
        @Bean
        @Order(2)
        TaskGroupOptionsCustomizer aSecondMore() {
            return options ->
                    options.withTimeout(options.timeout().orElseThrow().plusSeconds(1));
        }

        @Bean
        @Order(1)
        TaskGroupOptionsCustomizer doubled() {
            return options ->
                    options.withTimeout(options.timeout().orElseThrow().multipliedBy(2));
        }
    }

    @Test
    void a_customizer_that_returns_null_is_named() {
        TaskGroupOptionsCustomizer broken = options -> null;

        runner.withBean(TaskGroupOptionsCustomizer.class, () -> broken)
                .run(context -> assertThatNullPointerException()
                        .isThrownBy(
                                () -> context.getBean(TaskGroupFactory.class).run("page", group -> {}))
                        .withMessage("options customizer " + broken + " returned null"));
    }

    @Test
    void a_configured_timeout_ends_the_group() {
        runner.withPropertyValues("taskgroup.groups.page.timeout=1ms").run(context -> {
            CountDownLatch never = new CountDownLatch(1);
            TaskGroupFactory groups = context.getBean(TaskGroupFactory.class);

            assertThat(catchThrowable(() -> groups.call("page", group -> {
                        Task<Void> slow = group.fork("slow", () -> never.await());
                        return slow.await();
                    })))
                    .isInstanceOfSatisfying(
                            TaskGroupTimeoutException.class,
                            late -> assertThat(late.timeout()).isEqualTo(Duration.ofMillis(1)));
        });
    }

    @ParameterizedTest(name = "{0} configures the group {1}")
    @CsvSource({
        "taskgroup.groups.product-page.timeout, product-page",
        "taskgroup.groups.productPage.timeout, product-page",
        "taskgroup.groups.product-page.timeout, productPage",
        "taskgroup.groups[product page].timeout, product page",
        "taskgroup.groups[Product.Page/1].timeout, Product.Page/1",
    })
    void names_are_compared_as_spring_boot_does(String property, String groupName) {
        runner.withPropertyValues(property + "=2s")
                .run(context ->
                        assertThat(options(context, groupName).timeout()).contains(Duration.ofSeconds(2)));
    }

    @Test
    void entries_whose_names_differ_in_a_dash_only_are_kept_apart() {
        runner.withPropertyValues(
                        "taskgroup.groups[ab].timeout=1s",
                        "taskgroup.groups[a-b].timeout=2s",
                        "taskgroup.groups[A_B].timeout=3s")
                .run(context -> {
                    assertThat(options(context, "ab").timeout()).contains(Duration.ofSeconds(1));
                    assertThat(options(context, "a-b").timeout()).contains(Duration.ofSeconds(2));
                    assertThat(options(context, "A_B").timeout()).contains(Duration.ofSeconds(3));
                    assertThat(options(context, "a.b").timeout()).isEmpty(); // any of them could be meant
                });
    }

    @Test
    void entries_without_a_letter_or_digit_hold_for_their_exact_names_only() {
        runner.withPropertyValues("taskgroup.groups[***].timeout=1s").run(context -> {
            assertThat(options(context, "***").timeout()).contains(Duration.ofSeconds(1));
            assertThat(options(context, "---").timeout()).isEmpty();
        });
    }

    @Test
    void an_environment_variable_configures_a_group() {
        runner.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "test-systemEnvironment", Map.of("TASKGROUP_GROUPS_PRODUCTPAGE_TIMEOUT", "2s"))))
                .run(context ->
                        assertThat(options(context, "product-page").timeout()).contains(Duration.ofSeconds(2)));
    }

    @Test
    void an_environment_variable_beats_the_entry_of_a_file_value_by_value() {
        runner.withPropertyValues(
                        "taskgroup.groups.product-page.timeout=1s", "taskgroup.groups.product-page.on-timeout=move-on")
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "test-systemEnvironment", Map.of("TASKGROUP_GROUPS_PRODUCTPAGE_TIMEOUT", "2s"))))
                .run(context -> {
                    TaskGroupOptions options = options(context, "product-page");
                    assertThat(options.timeout()).contains(Duration.ofSeconds(2));
                    assertThat(options.onTimeout()).isEqualTo(OnTimeout.MOVE_ON);
                    assertThat(options(context, "productPage").timeout()).contains(Duration.ofSeconds(2));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "taskgroup.defaults.timeout, 0s",
        "taskgroup.defaults.timeout, -1s",
        "taskgroup.groups.page.timeout, 0s",
        "taskgroup.groups.page.timeout, -1s",
    })
    void a_timeout_that_is_not_positive_fails_and_names_the_property(String property, String value) {
        runner.withPropertyValues(property + "=" + value).run(context -> {
            InvalidConfigurationPropertyValueException invalid = invalidValue(context);
            assertThat(invalid.getName()).isEqualTo(property);
            assertThat(invalid.getReason())
                    .isEqualTo("A timeout must be positive. Leave the property out for a group without one.");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "taskgroup.defaults.straggler-warning, 0s",
        "taskgroup.groups.page.straggler-warning, -1s",
    })
    void a_straggler_warning_that_is_not_positive_fails_and_names_the_property(String property, String value) {
        runner.withPropertyValues(property + "=" + value).run(context -> {
            InvalidConfigurationPropertyValueException invalid = invalidValue(context);
            assertThat(invalid.getName()).isEqualTo(property);
            assertThat(invalid.getReason())
                    .isEqualTo(
                            "The time until a straggler is reported must be positive. Set a long one for no reports.");
        });
    }

    @ParameterizedTest
    @CsvSource({"taskgroup.defaults.max-concurrency, 0", "taskgroup.groups.page.max-concurrency, -1"})
    void a_limit_that_is_not_positive_fails_and_names_the_property(String property, String value) {
        runner.withPropertyValues(property + "=" + value).run(context -> {
            InvalidConfigurationPropertyValueException invalid = invalidValue(context);
            assertThat(invalid.getName()).isEqualTo(property);
            assertThat(invalid.getReason())
                    .isEqualTo("At least one task must be allowed to run. Leave the property out for a group without a"
                            + " limit.");
        });
    }

    @Test
    void a_blank_group_name_fails_and_names_the_property() {
        runner.withPropertyValues("taskgroup.groups[ ].timeout=2s").run(context -> {
            InvalidConfigurationPropertyValueException invalid = invalidValue(context);
            assertThat(invalid.getName()).isEqualTo("taskgroup.groups");
            assertThat(invalid.getReason()).isEqualTo("A group's name must not be blank.");
        });
    }

    private static TaskGroupOptions options(AssertableApplicationContext context, String groupName) {
        return context.getBean(TaskGroupFactory.class).options(groupName);
    }

    private static InvalidConfigurationPropertyValueException invalidValue(AssertableApplicationContext context) {
        return (InvalidConfigurationPropertyValueException) Throwables.getRootCause(context.getStartupFailure());
    }
}
