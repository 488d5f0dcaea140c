package io.taskgroup.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

import io.taskgroup.ContextCarrier;
import io.taskgroup.Task;
import io.taskgroup.TaskGroup;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupObserver;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

class TaskGroupAutoConfigurationTest {
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TaskGroupAutoConfiguration.class));

    @Test
    void with_nothing_configured_there_is_a_factory_that_works() {
        runner.run(context -> {
            TaskGroupFactory groups = context.getBean(TaskGroupFactory.class);

            int sum = groups.call("sum", group -> {
                Task<Integer> one = group.fork(() -> 1);
                Task<Integer> two = group.fork(() -> 2);
                return one.await() + two.await();
            });

            assertThat(sum).isEqualTo(3);
        });
    }

    @Test
    void a_factory_of_the_application_takes_the_place_of_ours() {
        TaskGroupFactory own = mock(TaskGroupFactory.class);

        runner.withBean("own", TaskGroupFactory.class, () -> own)
                .run(context ->
                        assertThat(context).getBean(TaskGroupFactory.class).isSameAs(own));
    }

    @Test
    void switched_off_there_is_no_factory() {
        runner.withPropertyValues("taskgroup.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(TaskGroupFactory.class));
    }

    @Test
    void the_threads_are_no_bean_and_spring_boots_executor_stays_the_only_one() {
        runner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
                .run(context -> assertThat(context.getBeanNamesForType(Executor.class))
                        .containsExactly("applicationTaskExecutor"));
    }

    @Test
    void the_factory_is_closed_with_its_context() {
        runner.run(context -> {
            TaskGroupFactory groups = context.getBean(TaskGroupFactory.class);

            context.close();

            assertThatIllegalStateException().isThrownBy(() -> groups.run("late", group -> {}));
        });
    }

    @Test
    void carriers_and_observers_are_taken_in_their_order() {
        runner.withUserConfiguration(Ordered.class).run(context -> {
            List<String> trail = context.getBean(Ordered.class).trail;

            context.getBean(TaskGroupFactory.class).run("group", group -> group.fork("task", () -> trail.add("task")));

            assertThat(trail)
                    .containsSubsequence("observer 1 opened", "observer 2 opened", "carrier 1", "carrier 2", "task");
        });
    }

    @Test
    void customizers_are_called_in_their_order_and_have_the_last_word() {
        List<String> trail = new CopyOnWriteArrayList<>();

        runner.withUserConfiguration(Ordered.class)
                .withPropertyValues("taskgroup.executor.type=platform")
                .withBean(
                        "customizer",
                        TaskGroupFactoryCustomizer.class,
                        () -> builder -> builder.executor(task -> {
                            trail.add("own executor");
                            task.run();
                        }))
                .run(context -> {
                    context.getBean(TaskGroupFactory.class).run("group", group -> group.fork(() -> {}));

                    assertThat(trail).contains("own executor");
                    assertThat(context.getBean(Ordered.class).trail)
                            .containsSubsequence("customizer 1", "customizer 2");
                });
    }

    @Test
    void with_two_factories_of_the_application_ours_backs_off() {
        runner.withBean("first", TaskGroupFactory.class, TaskGroupFactory::create)
                .withBean("second", TaskGroupFactory.class, TaskGroupFactory::create)
                .run(context -> assertThat(context.getBeanNamesForType(TaskGroupFactory.class))
                        .containsExactly("first", "second"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Ordered {
        final List<String> trail = new CopyOnWriteArrayList<>();

        @Bean
        @Order(2)
        ContextCarrier carrier2() {
            return carrier("carrier 2");
        }

        @Bean
        @Order(1)
        ContextCarrier carrier1() {
            return carrier("carrier 1");
        }

        @Bean
        @Order(2)
        TaskGroupObserver observer2() {
            return observer("observer 2");
        }

        @Bean
        @Order(1)
        TaskGroupObserver observer1() {
            return observer("observer 1");
        }

        @Bean
        @Order(2)
        TaskGroupFactoryCustomizer customizer2() {
            return builder -> trail.add("customizer 2");
        }

        @Bean
        @Order(1)
        TaskGroupFactoryCustomizer customizer1() {
            return builder -> trail.add("customizer 1");
        }

        private ContextCarrier carrier(String name) {
            return () -> new ContextCarrier.Captured() {
                @Override
                public <T> T call(Callable<T> task) throws Exception {
                    trail.add(name);
                    return task.call();
                }
            };
        }

        private TaskGroupObserver observer(String name) {
            return new TaskGroupObserver() {
                @Override
                public void groupOpened(TaskGroup group) {
                    trail.add(name + " opened");
                }
            };
        }
    }
}
