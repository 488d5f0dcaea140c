package io.taskgroup.spring;

import static io.taskgroup.spring.InTask.inTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskgroup.TaskGroupFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ExecutorPropertiesTest {
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TaskGroupAutoConfiguration.class));

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void auto_means_platform_threads_before_jdk_21() {
        runner.run(context -> assertThat(taskThread(context)).matches(thread -> !isVirtual(thread)));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void auto_means_virtual_threads_from_jdk_21_on() {
        runner.run(context -> assertThat(taskThread(context)).matches(ExecutorPropertiesTest::isVirtual));
    }

    @Test
    void auto_means_platform_threads_where_spring_boot_is_explicitly_told_to_use_no_virtual_ones() {
        runner.withPropertyValues("spring.threads.virtual.enabled=false")
                .run(context -> assertThat(taskThread(context)).matches(thread -> !isVirtual(thread)));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtual_means_virtual_threads() {
        runner.withPropertyValues("taskgroup.executor.type=virtual", "spring.threads.virtual.enabled=false")
                .run(context -> assertThat(taskThread(context)).matches(ExecutorPropertiesTest::isVirtual));
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void virtual_before_jdk_21_fails_and_says_what_to_do() {
        runner.withPropertyValues("taskgroup.executor.type=virtual").run(context -> {
            FailureAnalysis analysis = analysis(context);
            assertThat(analysis.getDescription())
                    .isEqualTo("taskgroup.executor.type is 'virtual', but this is Java "
                            + Runtime.version().feature() + ", and virtual threads come with Java 21.");
            assertThat(analysis.getAction())
                    .isEqualTo(
                            "Run the application on Java 21 or later, or set taskgroup.executor.type to 'auto', which"
                                    + " takes virtual threads where there are any and pooled platform threads elsewhere.");
        });
    }

    @Test
    void platform_means_platform_threads_on_every_jdk() {
        runner.withPropertyValues("taskgroup.executor.type=platform")
                .run(context -> assertThat(taskThread(context)).matches(thread -> !isVirtual(thread)));
    }

    @Test
    void our_threads_have_the_default_prefix() {
        runner.run(context -> assertThat(taskThread(context).getName()).startsWith("taskgroup-"));
    }

    @Test
    void our_threads_have_the_configured_prefix() {
        runner.withPropertyValues("taskgroup.executor.thread-name-prefix=desk-")
                .run(context -> assertThat(taskThread(context).getName()).startsWith("desk-"));
    }

    @Test
    void a_blank_prefix_fails_and_names_the_property() {
        runner.withPropertyValues("taskgroup.executor.thread-name-prefix=")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("taskgroup.executor.thread-name-prefix"));
    }

    @Test
    void application_means_spring_boots_executor() {
        runner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
                .withPropertyValues(
                        "taskgroup.executor.type=application", "spring.task.execution.thread-name-prefix=boot-")
                .run(context -> assertThat(taskThread(context).getName()).startsWith("boot-"));
    }

    @Test
    void application_without_spring_boots_executor_fails_and_says_what_to_do() {
        runner.withPropertyValues("taskgroup.executor.type=application").run(context -> {
            FailureAnalysis analysis = analysis(context);
            assertThat(analysis.getDescription())
                    .isEqualTo("taskgroup.executor.type is 'application', but there is no bean named"
                            + " 'applicationTaskExecutor'. Spring Boot defines it unless the application has an"
                            + " Executor bean of its own.");
            assertThat(analysis.getAction())
                    .isEqualTo("Set taskgroup.executor.type to 'bean' and taskgroup.executor.bean-name to the name of"
                            + " that Executor bean, or set spring.task.execution.mode to 'force' to have Spring Boot's"
                            + " executor as well.");
        });
    }

    @Test
    void bean_means_the_named_executor_also_when_it_is_no_candidate_for_injection() {
        runner.withPropertyValues("taskgroup.executor.type=bean", "taskgroup.executor.bean-name=suppliers")
                .withBean(
                        "suppliers",
                        ExecutorService.class,
                        () -> pool("suppliers-1"),
                        bean -> bean.setAutowireCandidate(false))
                .withBean("reports", ExecutorService.class, () -> pool("reports-1"))
                .run(context -> assertThat(taskThread(context).getName()).isEqualTo("suppliers-1"));
    }

    @Test
    void bean_without_a_name_fails_and_says_what_to_do() {
        runner.withPropertyValues("taskgroup.executor.type=bean").run(context -> {
            FailureAnalysis analysis = analysis(context);
            assertThat(analysis.getDescription())
                    .isEqualTo("taskgroup.executor.type is 'bean', but taskgroup.executor.bean-name is not set.");
            assertThat(analysis.getAction())
                    .isEqualTo("Set taskgroup.executor.bean-name to the name of the Executor bean that shall run tasks,"
                            + " or choose another taskgroup.executor.type.");
        });
    }

    @Test
    void a_bean_that_does_not_exist_fails_and_says_what_to_do() {
        runner.withPropertyValues("taskgroup.executor.type=bean", "taskgroup.executor.bean-name=suplliers")
                .run(context -> {
                    FailureAnalysis analysis = analysis(context);
                    assertThat(analysis.getDescription())
                            .isEqualTo(
                                    "taskgroup.executor.bean-name is 'suplliers', but there is no bean of that name.");
                    assertThat(analysis.getAction())
                            .isEqualTo("Correct the name, or define an Executor bean named 'suplliers'.");
                });
    }

    @Test
    void a_bean_that_is_no_executor_fails_and_says_what_it_is() {
        runner.withPropertyValues("taskgroup.executor.type=bean", "taskgroup.executor.bean-name=greeting")
                .withBean("greeting", String.class, () -> "hello")
                .run(context -> {
                    FailureAnalysis analysis = analysis(context);
                    assertThat(analysis.getDescription())
                            .isEqualTo("taskgroup.executor.bean-name is 'greeting', but the bean 'greeting' is no"
                                    + " java.util.concurrent.Executor: it is a java.lang.String.");
                    assertThat(analysis.getAction())
                            .isEqualTo("Name a bean that is an Executor, such as a ThreadPoolTaskExecutor.");
                });
    }

    private static Thread taskThread(AssertableApplicationContext context) throws Exception {
        return inTask(context.getBean(TaskGroupFactory.class), Thread::currentThread);
    }

    private static boolean isVirtual(Thread thread) {
        try {
            return (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
        } catch (NoSuchMethodException beforeJdk21) {
            return false;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static ExecutorService pool(String threadName) {
        return Executors.newSingleThreadExecutor(task -> new Thread(task, threadName));
    }

    private static FailureAnalysis analysis(AssertableApplicationContext context) {
        return new UnusableExecutorFailureAnalyzer().analyze(context.getStartupFailure());
    }
}
