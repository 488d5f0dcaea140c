package io.taskgroup.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.mock;

import io.taskgroup.CancelMode;
import io.taskgroup.JoinPolicy;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.spring.TaskGroupAutoConfiguration;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

@Timeout(60)
class TaskGroupsEndpointTest {
    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TaskGroupAutoConfiguration.class, TaskGroupActuatorAutoConfiguration.class))
            .withPropertyValues("taskgroup.shutdown.grace-period=0s"); // the hanging groups shall not hold up the end
    private final WebApplicationContextRunner exposed =
            runner.withPropertyValues("management.endpoints.web.exposure.include=taskgroups");
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void release() {
        never.countDown();
        callers.shutdownNow();
    }

    @Test
    void by_default_nothing_is_exposed_and_nothing_is_remembered() {
        runner.run(context ->
                assertThat(context).doesNotHaveBean(TaskGroupsEndpoint.class).doesNotHaveBean(RecentGroups.class));
    }

    @Test
    void without_the_actuator_there_is_no_endpoint_and_the_factory_works() {
        exposed.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> {
                    assertThat(context).doesNotHaveBean("taskGroupsEndpoint");
                    context.getBean(TaskGroupFactory.class).run("page", group -> group.fork(() -> {}));
                });
    }

    @Test
    void where_task_groups_are_not_configured_there_is_no_endpoint_and_no_failure() {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(TaskGroupActuatorAutoConfiguration.class))
                .withPropertyValues("management.endpoints.web.exposure.include=taskgroups")
                .withBean(TaskGroupFactory.class, TaskGroupFactory::create)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TaskGroupsEndpoint.class));
    }

    @Test
    void a_hanging_group_is_shown_with_its_tasks_and_the_groups_inside_and_without_stacks() {
        exposed.run(context -> {
            hangingGroup(context.getBean(TaskGroupFactory.class));

            LiveGroup page = onlyGroup(context.getBean(TaskGroupsEndpoint.class));
            assertThat(page.name()).isEqualTo("page");
            assertThat(page.cancelReason()).isNull();
            assertThat(Duration.parse(page.age())).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(Duration.parse(page.remaining())).isPositive();
            assertThat(page.counts().forked()).isOne();
            assertThat(page.tasks()).singleElement().satisfies(task -> {
                assertThat(task.name()).isEqualTo("offers");
                assertThat(task.state()).isEqualTo("RUNNING");
                assertThat(task.cancelReason()).isNull();
                assertThat(task.thread()).startsWith("taskgroup-");
                assertThat(task.stack()).isNull();
                assertThat(task.groups()).singleElement().satisfies(inner -> {
                    assertThat(inner.name()).isEqualTo("suppliers");
                    assertThat(inner.tasks())
                            .extracting(LiveGroup.LiveTask::name)
                            .containsExactly("slow");
                });
            });
        });
    }

    @Test
    void a_task_that_was_asked_to_stop_is_shown_with_the_reason_until_it_has_ended() {
        exposed.run(context -> {
            StopReasons reasons = context.getBean(StopReasons.class);
            TaskGroupOptions cooperative = TaskGroupOptions.named("page")
                    .withCancelMode(CancelMode.COOPERATIVE)
                    .withPolicy(JoinPolicy.awaitAll());
            Task<Void> ended = context.getBean(TaskGroupFactory.class).call(cooperative, page -> {
                CountDownLatch running = new CountDownLatch(1);
                CountDownLatch looked = new CountDownLatch(1);
                Task<Void> slow = page.fork("slow", () -> {
                    running.countDown();
                    looked.await();
                });
                running.await();
                slow.cancel("secret");

                assertThat(onlyGroup(context.getBean(TaskGroupsEndpoint.class)).tasks())
                        .singleElement()
                        .satisfies(task -> {
                            assertThat(task.cancelRequested()).isTrue();
                            assertThat(task.cancelReason()).isEqualTo(new Reason("REQUESTED", "slow", "******"));
                        });
                assertThat(reasons.ofTask(slow.id())).isPresent();
                looked.countDown();
                return slow;
            });
            assertThat(reasons.ofTask(ended.id())).isEmpty();
        });
    }

    @Test
    void one_group_also_one_inside_a_task_is_shown_with_the_stacks_of_its_tasks() {
        exposed.run(context -> {
            hangingGroup(context.getBean(TaskGroupFactory.class));
            TaskGroupsEndpoint endpoint = context.getBean(TaskGroupsEndpoint.class);
            long inner = onlyGroup(endpoint).tasks().get(0).groups().get(0).id();

            LiveGroup suppliers = endpoint.group(inner, nobody());

            assertThat(suppliers.name()).isEqualTo("suppliers");
            assertThat(suppliers.tasks())
                    .singleElement()
                    .satisfies(task -> assertThat(task.stack()).anyMatch(frame -> frame.contains("CountDownLatch")));
        });
    }

    @Test
    void the_tree_comes_as_text_too_and_that_of_one_group_with_stacks() {
        exposed.run(context -> {
            hangingGroup(context.getBean(TaskGroupFactory.class));
            TaskGroupsEndpoint endpoint = context.getBean(TaskGroupsEndpoint.class);

            assertThat(endpoint.groupsAsText(nobody()))
                    .containsSubsequence(
                            "group page #", "  task offers #", "    group suppliers #", "      task slow #")
                    .doesNotContain("      at ");
            assertThat(endpoint.groupAsText(onlyGroup(endpoint).id(), nobody()))
                    .startsWith("group page #")
                    .containsSubsequence("      task slow #", "          at ");
        });
    }

    @Test
    void a_group_that_is_not_open_is_not_found() {
        exposed.run(context -> {
            TaskGroupsEndpoint endpoint = context.getBean(TaskGroupsEndpoint.class);

            assertThat(endpoint.group(-1, nobody())).isNull();
            assertThat(endpoint.groupAsText(-1, nobody())).isNull();
            assertThat(endpoint.cancel(-1).getStatus()).isEqualTo(404);
        });
    }

    @Test
    void a_group_that_is_cancelled_ends_and_is_remembered_with_its_reason() {
        exposed.run(context -> {
            Future<?> caller = hangingGroup(context.getBean(TaskGroupFactory.class));
            TaskGroupsEndpoint endpoint = context.getBean(TaskGroupsEndpoint.class);

            assertThat(endpoint.cancel(onlyGroup(endpoint).id()).getStatus()).isEqualTo(204);

            assertThat(caller).succeedsWithin(Duration.ofSeconds(30));
            assertThat(endpoint.groups(nobody()).groups()).isEmpty();
            assertThat(endpoint.groups(nobody()).recent())
                    .filteredOn(ended -> ended.name().equals("page"))
                    .singleElement()
                    .satisfies(ended -> {
                        assertThat(ended.outcome()).isEqualTo("CANCELLED");
                        assertThat(ended.cancelReason().kind()).isEqualTo("REQUESTED");
                    });
        });
    }

    @Test
    void messages_are_not_shown_by_default() {
        exposed.run(context -> {
            failingGroup(context.getBean(TaskGroupFactory.class));

            assertThat(context.getBean(TaskGroupsEndpoint.class)
                            .groups(nobody())
                            .recent())
                    .singleElement()
                    .satisfies(ended -> {
                        assertThat(ended.outcome()).isEqualTo("FAILED");
                        assertThat(ended.cancelReason().kind()).isEqualTo("TASK_FAILED");
                        assertThat(ended.cancelReason().task()).isEqualTo("bad");
                        assertThat(ended.failures()).singleElement().satisfies(failure -> {
                            assertThat(failure.name()).isEqualTo("bad");
                            assertThat(failure.exception()).isEqualTo("java.lang.IllegalStateException");
                        });
                        assertThat(ended.toString()).doesNotContain("secret");
                    });
        });
    }

    @Test
    void a_body_that_failed_is_remembered_after_the_tasks_that_did() {
        exposed.run(context -> {
            assertThat(catchThrowable(() -> context.getBean(TaskGroupFactory.class)
                            .run("page", group -> {
                                Task<Void> bad = group.fork("bad", () -> {
                                    throw new IllegalStateException("secret");
                                });
                                assertThat(catchThrowable(bad::await)).isNotNull();
                                throw new IOException("secret");
                            })))
                    .isNotNull();

            assertThat(namesOf(lastFailures(context)))
                    .containsExactly("bad java.lang.IllegalStateException", "body java.io.IOException");
            assertThat(lastFailures(context))
                    .satisfiesExactly(
                            bad -> assertThat(bad.id()).isPositive(),
                            body -> assertThat(body.id()).isNull());
        });
    }

    @Test
    void a_callback_that_failed_is_remembered() {
        exposed.run(context -> {
            assertThat(catchThrowable(() -> context.getBean(TaskGroupFactory.class)
                            .run(
                                    "page",
                                    group -> group.fork("good", () -> {}).onCompletion(task -> {
                                        throw new IllegalStateException("secret");
                                    }))))
                    .isNotNull();

            assertThat(namesOf(lastFailures(context)))
                    .containsExactly("callback of good java.lang.IllegalStateException");
        });
    }

    @Test
    void a_task_that_was_cancelled_on_its_own_is_remembered_and_the_one_that_was_cancelled_for_it_is_not() {
        exposed.run(context -> {
            CompletableFuture<Long> id = new CompletableFuture<>();
            assertThat(catchThrowable(() -> context.getBean(TaskGroupFactory.class)
                            .run("page", group -> {
                                group.fork("other", () -> never.await());
                                Task<Void> alone = group.fork("alone", () -> never.await());
                                id.complete(alone.id());
                                alone.cancel();
                            })))
                    .isNotNull();

            assertThat(namesOf(lastFailures(context))).containsExactly("alone io.taskgroup.TaskCancelledException");
            assertThat(lastFailures(context))
                    .singleElement()
                    .extracting(EndedGroup.Failure::id)
                    .isEqualTo(id.join());
        });
    }

    @Test
    void of_many_failures_the_first_twenty_are_remembered_each_with_the_number_of_its_task() {
        exposed.run(context -> {
            assertThat(catchThrowable(() -> context.getBean(TaskGroupFactory.class)
                            .run("page", group -> {
                                for (int i = 0; i < 30; i++) {
                                    group.fork("alike", () -> {
                                        try {
                                            never.await();
                                        } catch (InterruptedException stopped) {
                                            throw new IllegalStateException("secret");
                                        }
                                    });
                                }
                                await().until(() -> group.runningTasks() == 30);
                                throw new IOException("secret");
                            })))
                    .isNotNull();

            assertThat(lastFailures(context))
                    .hasSize(20)
                    .doesNotHaveDuplicates()
                    .allSatisfy(failure -> assertThat(failure.id()).isPositive());
        });
    }

    /** The failures of the last group that did not succeed. */
    private static List<EndedGroup.Failure> lastFailures(ApplicationContext context) {
        return context.getBean(TaskGroupsEndpoint.class)
                .groups(nobody())
                .recent()
                .get(0)
                .failures();
    }

    /** Each failure as its name and the name of its exception. */
    private static List<String> namesOf(List<EndedGroup.Failure> failures) {
        return failures.stream()
                .map(failure -> failure.name() + " " + failure.exception())
                .toList();
    }

    @Test
    void a_message_of_a_live_groups_cancel_reason_is_not_shown_by_default() {
        exposed.run(context -> {
            context.getBean(TaskGroupFactory.class).run("page", group -> {
                group.cancel("secret");
                TaskGroupsEndpoint endpoint = context.getBean(TaskGroupsEndpoint.class);

                assertThat(endpoint.groups(nobody()).toString())
                        .contains("REQUESTED")
                        .doesNotContain("secret");
                assertThat(endpoint.group(group.id(), nobody()).toString()).doesNotContain("secret");
                assertThat(endpoint.groupsAsText(nobody()))
                        .contains("REQUESTED")
                        .doesNotContain("secret");
                assertThat(endpoint.groupAsText(group.id(), nobody())).doesNotContain("secret");
            });
        });
    }

    @Test
    void messages_are_shown_where_the_configuration_says_so() {
        exposed.withPropertyValues("management.endpoint.taskgroups.show-values=always")
                .run(context -> {
                    failingGroup(context.getBean(TaskGroupFactory.class));

                    assertThat(lastFailures(context).get(0).message()).isEqualTo("secret");
                });
    }

    @Test
    void messages_are_shown_to_those_who_are_authorized() {
        exposed.withPropertyValues(
                        "management.endpoint.taskgroups.show-values=when-authorized",
                        "management.endpoint.taskgroups.roles=operator")
                .run(context -> {
                    failingGroup(context.getBean(TaskGroupFactory.class));
                    TaskGroupsEndpoint endpoint = context.getBean(TaskGroupsEndpoint.class);

                    assertThat(endpoint.groups(nobody()).recent().toString()).doesNotContain("secret");
                    assertThat(endpoint.groups(somebodyIn("visitor")).recent().toString())
                            .doesNotContain("secret");
                    assertThat(endpoint.groups(somebodyIn("operator")).recent().toString())
                            .contains("secret");
                });
    }

    @Test
    void the_last_fifty_groups_that_did_not_succeed_are_remembered_the_last_first() {
        exposed.run(context -> {
            TaskGroupFactory groups = context.getBean(TaskGroupFactory.class);
            for (int i = 0; i < 60; i++) {
                groups.run("cancelled-" + i, group -> group.cancel());
                groups.run("succeeded-" + i, group -> {});
            }

            assertThat(context.getBean(TaskGroupsEndpoint.class)
                            .groups(nobody())
                            .recent())
                    .hasSize(50)
                    .extracting(EndedGroup::name)
                    .startsWith("cancelled-59", "cancelled-58")
                    .endsWith("cancelled-10");
        });
    }

    @Test
    void the_groups_of_every_factory_are_shown_and_can_be_cancelled() {
        exposed.withBean("first", TaskGroupFactory.class, TaskGroupFactory::create)
                .withBean("second", TaskGroupFactory.class, TaskGroupFactory::create)
                .run(context -> {
                    TaskGroupsEndpoint endpoint = context.getBean(TaskGroupsEndpoint.class);
                    hangingGroup(context.getBean("first", TaskGroupFactory.class));
                    Future<?> second = hangingGroup(context.getBean("second", TaskGroupFactory.class));

                    assertThat(endpoint.groups(nobody()).groups()).hasSize(2);
                    endpoint.cancel(endpoint.groups(nobody()).groups().get(1).id());

                    assertThat(second).succeedsWithin(Duration.ofSeconds(30));
                    never.countDown();
                });
    }

    @Test
    void a_group_of_a_decorated_factory_is_shown_once() {
        exposed.withUserConfiguration(Decorated.class).run(context -> {
            hangingGroup(context.getBean(TaskGroupFactory.class));

            TaskGroupsEndpoint endpoint = context.getBean(TaskGroupsEndpoint.class);
            assertThat(context.getBeansOfType(TaskGroupFactory.class)).hasSize(2);
            assertThat(endpoint.groups(nobody()).groups()).hasSize(1);
            assertThat(endpoint.groupsAsText(nobody())).containsOnlyOnce("group page #");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Decorated {
        @Bean
        TaskGroupFactory raw() {
            return TaskGroupFactory.create();
        }

        @Bean
        @Primary
        TaskGroupFactory decorator(@Qualifier("raw") TaskGroupFactory raw) {
            return mock(TaskGroupFactory.class, delegatesTo(raw));
        }
    }

    @Test
    void a_factory_that_is_never_injected_by_type_alone_is_shown_too() {
        exposed.withUserConfiguration(NoDefaultCandidate.class).run(context -> {
            hangingGroup(context.getBean("reports", TaskGroupFactory.class));

            TaskGroupsEndpoint endpoint = context.getBean(TaskGroupsEndpoint.class);
            LiveGroup page = onlyGroup(endpoint);
            assertThat(endpoint.group(page.id(), nobody())).isNotNull();
            assertThat(endpoint.cancel(page.id()).getStatus()).isEqualTo(204);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class NoDefaultCandidate {
        @Bean(defaultCandidate = false)
        TaskGroupFactory reports() {
            return TaskGroupFactory.create();
        }
    }

    @Test
    void the_groups_of_a_parents_factory_are_shown_too() {
        new ApplicationContextRunner()
                .withBean(TaskGroupFactory.class, TaskGroupFactory::create)
                .run(parent -> exposed.withParent(parent).run(context -> {
                    hangingGroup(parent.getBean(TaskGroupFactory.class));

                    assertThat(context.getBeanFactory().containsBeanDefinition("taskGroupFactory"))
                            .isFalse();
                    onlyGroup(context.getBean(TaskGroupsEndpoint.class));
                    never.countDown();
                }));
    }

    @Test
    void what_ended_in_a_parents_configured_factory_is_remembered_for_its_children() {
        exposed.run(parent -> exposed.withParent(parent).run(context -> {
            failingGroup(context.getBean(TaskGroupFactory.class));

            assertThat(context.getBean(TaskGroupsEndpoint.class)
                            .groups(nobody())
                            .recent())
                    .hasSize(1);
            assertThat(context.getBean(StopReasons.class)).isSameAs(parent.getBean(StopReasons.class));
        }));
    }

    /** Jackson writes no deeper, and would end the answer in the middle. */
    @Test
    void groups_deeper_than_json_goes_are_counted_and_the_text_has_them() {
        exposed.run(context -> {
            TaskGroupFactory groups = context.getBean(TaskGroupFactory.class);
            TaskGroupsEndpoint endpoint = context.getBean(TaskGroupsEndpoint.class);
            CountDownLatch running = new CountDownLatch(1);
            callers.submit(() -> {
                nest(groups, 130, running);
                return null;
            });
            running.await();

            assertThat(deepest(onlyGroup(endpoint))).isEqualTo("level-30");
            assertThat(deepest(endpoint.group(onlyGroup(endpoint).id(), nobody())))
                    .isEqualTo("level-30");
            assertThat(endpoint.groupsAsText(nobody())).contains("group level-1 #");
        });
    }

    private void nest(TaskGroupFactory groups, int levels, CountDownLatch running) throws InterruptedException {
        groups.run(
                "level-" + levels,
                group -> group.fork(() -> {
                    if (levels > 1) {
                        nest(groups, levels - 1, running);
                    } else {
                        running.countDown();
                        never.await();
                    }
                }));
    }

    /** Returns the name of the last group that is shown, of which the next is counted. */
    private static String deepest(LiveGroup root) {
        LiveGroup group = root;
        LiveGroup.LiveTask task = group.tasks().get(0);
        while (!task.groups().isEmpty()) {
            assertThat(task.groupsNotShown()).isNull();
            group = task.groups().get(0);
            task = group.tasks().get(0);
        }
        assertThat(task.groupsNotShown()).isOne();
        return group.name();
    }

    private static LiveGroup onlyGroup(TaskGroupsEndpoint endpoint) {
        assertThat(endpoint.groups(nobody()).groups()).hasSize(1);
        return endpoint.groups(nobody()).groups().get(0);
    }

    /** Opens a group {@code page}, whose task {@code offers} opens a group {@code suppliers} with a task {@code slow}. */
    private Future<?> hangingGroup(TaskGroupFactory groups) throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        Future<?> caller = callers.submit(() -> {
            groups.run(TaskGroupOptions.named("page").withTimeout(Duration.ofHours(1)), page -> {
                page.fork(
                        "offers",
                        () -> groups.run(
                                "suppliers",
                                suppliers -> suppliers.fork("slow", () -> {
                                    running.countDown();
                                    never.await();
                                })));
            });
            return null;
        });
        running.await();
        return caller;
    }

    private static void failingGroup(TaskGroupFactory groups) {
        assertThat(catchThrowable(() -> groups.run(
                        "page",
                        group -> group.fork("bad", () -> {
                            throw new IllegalStateException("secret");
                        }))))
                .isNotNull();
    }

    private static SecurityContext nobody() {
        return SecurityContext.NONE;
    }

    private static SecurityContext somebodyIn(String role) {
        return new SecurityContext() {
            @Override
            public Principal getPrincipal() {
                return () -> "somebody";
            }

            @Override
            public boolean isUserInRole(String asked) {
                return asked.equals(role);
            }
        };
    }
}
