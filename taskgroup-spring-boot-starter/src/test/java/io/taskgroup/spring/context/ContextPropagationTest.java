package io.taskgroup.spring.context;

import static io.taskgroup.spring.InTask.inTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupObserver;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.spring.TaskGroupAutoConfiguration;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Context between a caller and its tasks, on two kinds of threads that live longer than a task: the one thread of an
 * application's pool, and the platform threads of the factory.
 */
class ContextPropagationTest {
    private static final String POOL = "bean";
    private static final String PLATFORM = "platform";
    private static final String AUTO = "auto"; // virtual threads from JDK 21 on

    private final ExecutorService pool = Executors.newSingleThreadExecutor(task -> new Thread(task, "pool-thread"));
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TaskGroupAutoConfiguration.class, TaskGroupContextAutoConfiguration.class))
            .withBean("pool", ExecutorService.class, () -> pool)
            .withPropertyValues("taskgroup.executor.bean-name=pool");

    @AfterEach
    void leave_no_context_behind() {
        pool.shutdownNow();
        MDC.clear();
        LocaleContextHolder.resetLocaleContext();
        RequestContextHolder.resetRequestAttributes();
        SecurityContextHolder.clearContext();
    }

    @ParameterizedTest
    @ValueSource(strings = {POOL, PLATFORM, AUTO})
    void a_task_sees_the_mdc_of_its_caller(String executor) {
        run(executor, groups -> {
            MDC.put("request", "r1");

            assertThat(inTask(groups, () -> MDC.get("request"))).isEqualTo("r1");
            assertThat(MDC.getCopyOfContextMap()).containsExactly(Map.entry("request", "r1"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {POOL, PLATFORM, AUTO})
    void a_change_of_the_mdc_in_a_task_stays_in_the_task(String executor) {
        run(executor, groups -> {
            MDC.put("request", "r1");

            inTask(groups, () -> {
                MDC.put("task", "t1");
                MDC.remove("request");
                return null;
            });

            assertThat(MDC.getCopyOfContextMap()).containsExactly(Map.entry("request", "r1"));
            MDC.clear();
            assertThat(inTask(groups, MDC::getCopyOfContextMap)).isNullOrEmpty();
        });
    }

    @Test
    void what_a_pooled_thread_had_before_is_put_back() {
        run(POOL, groups -> {
            pool.submit(() -> MDC.put("owner", "pool")).get();
            MDC.put("request", "r1");

            inTask(groups, () -> {
                MDC.put("task", "t1");
                return null;
            });

            assertThat(pool.submit(MDC::getCopyOfContextMap).get()).containsExactly(Map.entry("owner", "pool"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {POOL, PLATFORM, AUTO})
    void a_task_sees_the_locale_of_its_caller_and_the_next_one_does_not(String executor) {
        run(executor, groups -> {
            LocaleContextHolder.setLocale(Locale.FRENCH);
            Locale seen = inTask(groups, LocaleContextHolder::getLocale);
            assertThat(seen).isEqualTo(Locale.FRENCH);

            LocaleContextHolder.resetLocaleContext();
            assertThat(inTask(groups, LocaleContextHolder::getLocaleContext)).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {POOL, PLATFORM, AUTO})
    void a_task_sees_the_request_itself_and_the_next_one_does_not(String executor) {
        run(executor, groups -> {
            RequestAttributes request = new ServletRequestAttributes(new MockHttpServletRequest());
            RequestContextHolder.setRequestAttributes(request);
            assertThat(inTask(groups, RequestContextHolder::getRequestAttributes))
                    .isSameAs(request);
            assertThat(RequestContextHolder.getRequestAttributes()).isSameAs(request);

            RequestContextHolder.resetRequestAttributes();
            assertThat(inTask(groups, RequestContextHolder::getRequestAttributes))
                    .isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {POOL, PLATFORM, AUTO})
    void a_task_has_the_authentication_of_its_caller_and_the_next_one_does_not(String executor) {
        run(executor, groups -> {
            authenticate("alice");
            assertThat(inTask(groups, () -> authentication().getName())).isEqualTo("alice");

            SecurityContextHolder.clearContext();
            assertThat(inTask(groups, () -> SecurityContextHolder.getContext().getAuthentication()))
                    .isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {POOL, PLATFORM, AUTO})
    void a_task_that_changes_its_security_context_changes_nobody_elses(String executor) {
        run(executor, groups -> {
            SecurityContext callers = authenticate("alice");

            String seenByTheSecond = groups.call("group", group -> {
                Task<Object> first = group.fork(() -> {
                    SecurityContextHolder.getContext().setAuthentication(null);
                    return null;
                });
                first.await();
                return group.fork(() -> authentication().getName()).await();
            });

            assertThat(seenByTheSecond).isEqualTo("alice");
            assertThat(SecurityContextHolder.getContext()).isSameAs(callers);
            assertThat(callers.getAuthentication().getName()).isEqualTo("alice");
        });
    }

    @Test
    void a_task_that_logs_in_leaves_the_pooled_thread_logged_out() {
        run(POOL, groups -> {
            inTask(groups, () -> authenticate("mallory"));

            assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
            assertThat(pool.submit(() -> SecurityContextHolder.getContext().getAuthentication())
                            .get())
                    .isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {POOL, PLATFORM, AUTO})
    void accessors_that_the_application_registers_later_are_taken_too(String executor) {
        ThreadLocal<String> tenant = new ThreadLocal<>();
        run(executor, groups -> {
            ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", tenant);
            try {
                tenant.set("acme");
                assertThat(inTask(groups, tenant::get)).isEqualTo("acme");
                tenant.remove();
                assertThat(inTask(groups, tenant::get)).isNull();
            } finally {
                ContextRegistry.getInstance().removeThreadLocalAccessor("tenant");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {POOL, PLATFORM, AUTO})
    void a_task_runs_in_the_observation_of_its_caller_and_the_next_one_does_not(String executor) {
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(context -> true);
        run(executor, groups -> {
            Observation request = Observation.start("request", observations);
            try (Observation.Scope scope = request.openScope()) {
                assertThat(inTask(groups, observations::getCurrentObservation)).isSameAs(request);
                assertThat(observations.getCurrentObservationScope()).isSameAs(scope);
            }
            assertThat(inTask(groups, observations::getCurrentObservation)).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {POOL, PLATFORM, AUTO})
    void a_task_forked_by_a_task_sees_that_tasks_context(String executor) {
        run(executor, groups -> {
            MDC.put("request", "r1");
            String seen = groups.call(
                    "outer",
                    outer -> outer.fork(() -> {
                                MDC.put("task", "t1");
                                return groups.<String, RuntimeException>call(
                                        "inner",
                                        inner -> inner.fork(() -> MDC.get("request") + " " + MDC.get("task"))
                                                .await());
                            })
                            .await());

            assertThat(seen).isEqualTo("r1 t1");
        });
    }

    @Test
    void a_task_run_by_the_waiting_owner_sees_the_forking_threads_context_and_the_owner_keeps_its_own() {
        run(POOL, groups -> {
            CountDownLatch done = new CountDownLatch(1);
            pool.submit(() -> {
                done.await();
                return null;
            });
            List<String> seen = new CopyOnWriteArrayList<>();
            SecurityContext callers = authenticate("alice");
            MDC.put("request", "r1");

            groups.run("group", group -> {
                Thread anonymous = new Thread(
                        () -> group.fork(() -> seen.add(Thread.currentThread().getName() + " "
                                + MDC.get("request") + " "
                                + SecurityContextHolder.getContext().getAuthentication())));
                anonymous.start();
                anonymous.join();
            });
            done.countDown();

            assertThat(seen).containsExactly(Thread.currentThread().getName() + " null null");
            assertThat(SecurityContextHolder.getContext()).isSameAs(callers);
            assertThat(MDC.get("request")).isEqualTo("r1");
            assertThat(authentication().getName()).isEqualTo("alice");
        });
    }

    @Test
    void observers_of_a_task_see_its_context() {
        List<String> seen = new CopyOnWriteArrayList<>();
        TaskGroupObserver observer = new TaskGroupObserver() {
            @Override
            public void taskEnded(Task<?> task, Duration ran) {
                seen.add("ended in " + MDC.get("request"));
            }
        };
        runner.withPropertyValues("taskgroup.executor.type=platform")
                .withBean(TaskGroupObserver.class, () -> observer)
                .run(context -> {
                    MDC.put("request", "r1");
                    context.getBean(TaskGroupFactory.class).run("group", group -> group.fork(() -> {}));

                    assertThat(seen).containsExactly("ended in r1");
                });
    }

    @Test
    void a_task_has_the_applications_class_loader_on_a_borrowed_thread_that_gets_its_own_back() throws Exception {
        ClassLoader foreign = new ClassLoader(null) {};
        pool.submit(() -> Thread.currentThread().setContextClassLoader(foreign)).get();

        runner.withPropertyValues("taskgroup.executor.type=bean").run(context -> {
            TaskGroupFactory groups = context.getBean(TaskGroupFactory.class);
            ClassLoader application = context.getClassLoader();

            assertThat(inTask(groups, () -> Thread.currentThread().getContextClassLoader()))
                    .isSameAs(application);
            inTask(groups, () -> {
                Thread.currentThread().setContextClassLoader(new ClassLoader(null) {});
                return null;
            });
            assertThat(pool.submit(() -> Thread.currentThread().getContextClassLoader())
                            .get())
                    .isSameAs(foreign);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {POOL, PLATFORM, AUTO})
    void a_task_has_the_applications_class_loader_wherever_it_was_forked(String executor) {
        Thread forking = Thread.currentThread();
        ClassLoader application = forking.getContextClassLoader();
        run(executor, groups -> {
            for (ClassLoader forkers : List.of(application, new ClassLoader(null) {})) {
                forking.setContextClassLoader(forkers);
                try {
                    assertThat(inTask(groups, () -> Thread.currentThread().getContextClassLoader()))
                            .isSameAs(application);
                } finally {
                    forking.setContextClassLoader(application);
                }
            }
        });
    }

    /** The second task gets its thread from the first, which has left a class loader and an entry of the MDC there. */
    @ParameterizedTest
    @ValueSource(strings = {POOL, PLATFORM, AUTO})
    void what_a_task_leaves_is_not_handed_to_the_one_that_gets_its_place(String executor) {
        InheritableThreadLocal<String> left = new InheritableThreadLocal<>();
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        ContextRegistry.getInstance().registerThreadLocalAccessor("left", left);
        try {
            run(
                    executor,
                    groups -> groups.run(TaskGroupOptions.named("group").withMaxConcurrency(1), group -> {
                        group.fork(() -> {
                            left.set("by the first task");
                            Thread.currentThread().setContextClassLoader(new ClassLoader(null) {});
                        });
                        Task<List<Object>> second = group.fork(() ->
                                Arrays.asList(left.get(), Thread.currentThread().getContextClassLoader()));
                        group.join();
                        assertThat(second.result()).containsExactly(null, application);
                    }));
        } finally {
            ContextRegistry.getInstance().removeThreadLocalAccessor("left");
        }
    }

    @Test
    void switched_off_a_task_sees_nothing_of_its_caller() {
        runner.withPropertyValues("taskgroup.executor.type=platform", "taskgroup.context-propagation.enabled=false")
                .run(context -> {
                    MDC.put("request", "r1");
                    assertThat(inTask(context.getBean(TaskGroupFactory.class), () -> MDC.get("request")))
                            .isNull();
                });
    }

    private void run(String executorType, ThrowingConsumer<TaskGroupFactory> test) {
        runner.withPropertyValues("taskgroup.executor.type=" + executorType)
                .run(context -> test.accept(context.getBean(TaskGroupFactory.class)));
    }

    private static SecurityContext authenticate(String user) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new TestingAuthenticationToken(user, "secret"));
        SecurityContextHolder.setContext(context);
        return context;
    }

    private static Authentication authentication() {
        return SecurityContextHolder.getContext().getAuthentication();
    }
}
