package io.taskgroup.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.micrometer.core.instrument.MeterRegistry;
import io.taskgroup.CancelReason;
import io.taskgroup.TaskGroup;
import io.taskgroup.TaskGroupCancelledException;
import io.taskgroup.TaskGroupFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Beside the rest of an application, and beside other applications in the JVM. */
@Timeout(120)
class GoodCitizenTest {
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch never = new CountDownLatch(1);
    private final List<ConfigurableApplicationContext> applications = new ArrayList<>();

    @AfterEach
    void close() {
        never.countDown();
        callers.shutdownNow();
        applications.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void every_bean_that_an_application_has_without_us_it_has_with_us() {
        Set<String> without = beansWith("--taskgroup.enabled=false");
        Set<String> with = beansWith(
                "--management.endpoints.web.exposure.include=health,taskgroups",
                "--management.health.taskgroups.enabled=true",
                "--taskgroup.observations.tasks=true");

        assertThat(with).containsAll(without);
        with.removeAll(without);
        assertThat(with)
                .contains("taskGroupFactory", "taskGroupObservations", "taskGroupTaskObservations")
                .allMatch(name -> name.startsWith("taskGroup")
                        || name.startsWith("taskgroup")
                        || name.startsWith("io.taskgroup.")
                        || name.contains("-io.taskgroup."));
    }

    private Set<String> beansWith(String... properties) {
        ConfigurableApplicationContext application = run(Application.class, properties);
        return new TreeSet<>(Set.of(application.getBeanDefinitionNames()));
    }

    @Test
    void with_lazy_initialization_the_factory_is_made_when_it_is_asked_for_and_closed_with_the_application() {
        ConfigurableApplicationContext application = run(
                Application.class, "--spring.main.lazy-initialization=true", "--taskgroup.shutdown.grace-period=0s");
        assertThat(application.getBeanFactory().containsSingleton("taskGroupFactory"))
                .isFalse();
        CompletableFuture<TaskGroup> opened = new CompletableFuture<>();
        Future<?> hanging = hang(application.getBean(TaskGroupFactory.class), opened);
        TaskGroup group = opened.join();

        application.close();

        assertThat(group.cancelReason())
                .hasValueSatisfying(reason -> assertThat(reason.kind()).isEqualTo(CancelReason.Kind.SHUTDOWN));
        assertThat(hanging)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(TaskGroupCancelledException.class);
    }

    @Test
    void a_factory_that_nobody_has_asked_for_is_not_made_to_be_closed() {
        ConfigurableApplicationContext application = run(Application.class, "--spring.main.lazy-initialization=true");

        application.close();

        assertThat(application.getBeanFactory().containsSingleton("taskGroupFactory"))
                .isFalse();
    }

    @Test
    void two_applications_in_one_jvm_have_their_own_groups_and_meters_and_the_end_of_one_leaves_the_other_alone()
            throws Exception {
        ConfigurableApplicationContext first = run(Application.class, "--taskgroup.shutdown.grace-period=0s");
        ConfigurableApplicationContext second = run(Application.class, "--taskgroup.shutdown.grace-period=0s");
        CompletableFuture<TaskGroup> opened = new CompletableFuture<>();
        Future<?> hanging = hang(first.getBean(TaskGroupFactory.class), opened);
        TaskGroup ofFirst = opened.join();
        TaskGroupFactory groups = second.getBean(TaskGroupFactory.class);
        assertThat(groups.snapshot()).isEmpty();

        second.close();

        assertThat(ofFirst.isCancelled()).isFalse();
        MeterRegistry meters = first.getBean(MeterRegistry.class);
        assertThat(meters.get("taskgroup.groups.active").gauge().value()).isOne();
        assertThat(meters.get("taskgroup.tasks.forked").counter().count()).isOne();
        never.countDown();
        assertThat(hanging).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void of_two_factories_each_has_its_own_groups_and_the_primary_one_is_injected() throws Exception {
        ConfigurableApplicationContext application = run(TwoFactories.class, "--taskgroup.shutdown.grace-period=0s");
        assertThat(application.getBean(TaskGroupFactory.class)).isSameAs(application.getBean("requests"));
        CompletableFuture<TaskGroup> opened = new CompletableFuture<>();
        Future<?> hanging = hang(application.getBean("reports", TaskGroupFactory.class), opened);
        TaskGroup report = opened.join();
        assertThat(application.getBean(TaskGroupFactory.class).find(report.id()))
                .isEmpty();

        application.close();

        assertThat(report.isCancelled()).isTrue();
        assertThat(hanging)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(TaskGroupCancelledException.class);
    }

    @Test
    void a_mocked_factory_takes_the_place_of_ours_and_the_application_starts_and_stops() throws Exception {
        ConfigurableApplicationContext application =
                run(MockedFactory.class, "--management.endpoints.web.exposure.include=taskgroups");
        assertThat(application.getBeanNamesForType(TaskGroupFactory.class)).containsExactly("mocked");
        TaskGroupFactory mocked = application.getBean(TaskGroupFactory.class);

        application.close();

        verify(mocked).shutdown(any());
    }

    private Future<?> hang(TaskGroupFactory groups, CompletableFuture<TaskGroup> opened) {
        return callers.submit(() -> {
            groups.run(
                    "page",
                    group -> group.fork("slow", () -> {
                        opened.complete(group);
                        never.await();
                    }));
            return null;
        });
    }

    private ConfigurableApplicationContext run(Class<?> application, String... properties) {
        ConfigurableApplicationContext running = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .run(properties);
        applications.add(running);
        return running;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class TwoFactories {
        @Bean
        @Primary
        TaskGroupFactory requests() {
            return TaskGroupFactory.create();
        }

        @Bean
        TaskGroupFactory reports() {
            return TaskGroupFactory.create();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class MockedFactory {
        @Bean
        TaskGroupFactory mocked() {
            return mock(TaskGroupFactory.class);
        }
    }
}
