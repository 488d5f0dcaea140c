package io.taskgroup.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taskgroup.CancelMode;
import io.taskgroup.CancelReason;
import io.taskgroup.ContextCarrier;
import io.taskgroup.OnTimeout;
import io.taskgroup.OpenTaskGroup;
import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupObserver;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.TaskGroupTimeoutException;
import io.taskgroup.spring.DocumentedTable;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every number is exact when the call has returned: no test waits for one. */
class TaskGroupMetricsTest {
    private static final MetricsProperties DEFAULTS = new MetricsProperties(100, true, false);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final CountDownLatch never = new CountDownLatch(1);
    private final List<TaskGroupFactory> factories = new ArrayList<>();
    private final TaskGroupFactory groups = groups(DEFAULTS);

    private TaskGroupFactory groups(MetricsProperties properties) {
        return closedInTheEnd(metered(TaskGroupFactory.builder(), registry, properties));
    }

    private TaskGroupFactory metered(TaskGroupFactory.Builder builder) {
        return closedInTheEnd(metered(builder, registry, DEFAULTS));
    }

    private TaskGroupFactory closedInTheEnd(TaskGroupFactory factory) {
        factories.add(factory);
        return factory;
    }

    private static TaskGroupFactory metered(
            TaskGroupFactory.Builder builder, MeterRegistry registry, MetricsProperties properties) {
        MeteredGroups metered = new MeteredGroups(registry, properties);
        builder.observer(new GroupMetrics(metered));
        if (properties.taskTimers()) {
            builder.observer(new TaskMetrics(metered));
        }
        return builder.build();
    }

    @AfterEach
    void close() {
        factories.forEach(TaskGroupFactory::close);
        pool.shutdownNow();
    }

    @Test
    void after_a_success() throws Exception {
        groups.run("page", group -> {
            group.fork(() -> 1);
            group.fork(() -> 2);
        });

        assertThat(meters())
                .containsExactlyInAnyOrder(
                        "taskgroup.groups{group=page, outcome=success} 1",
                        "taskgroup.groups.active{group=page} 0",
                        "taskgroup.tasks{exception=none, group=page, outcome=success} 2",
                        "taskgroup.tasks.active{group=page} 0",
                        "taskgroup.tasks.pending{group=page} 0",
                        "taskgroup.tasks.forked{group=page} 2",
                        "taskgroup.tasks.wait{group=page} 2",
                        "taskgroup.cancel.latency{group=page} 0",
                        "taskgroup.stragglers{group=page} 0");
    }

    @Test
    void after_a_failure_that_cancelled_a_sibling() {
        CountDownLatch running = new CountDownLatch(1);
        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> groups.run("page", group -> {
                    group.fork("slow", () -> {
                        running.countDown();
                        never.await();
                    });
                    group.fork("bad", () -> {
                        running.await();
                        throw new IllegalStateException("bad");
                    });
                }));

        assertThat(meters())
                .containsExactlyInAnyOrder(
                        "taskgroup.groups{group=page, outcome=failure} 1",
                        "taskgroup.groups.active{group=page} 0",
                        "taskgroup.groups.cancelled{group=page, reason=task-failed} 1",
                        "taskgroup.tasks{exception=IllegalStateException, group=page, outcome=failure} 1",
                        "taskgroup.tasks{exception=InterruptedException, group=page, outcome=cancelled} 1",
                        "taskgroup.tasks.active{group=page} 0",
                        "taskgroup.tasks.pending{group=page} 0",
                        "taskgroup.tasks.forked{group=page} 2",
                        "taskgroup.tasks.cancelled{group=page, reason=task-failed} 1",
                        "taskgroup.tasks.wait{group=page} 2",
                        "taskgroup.cancel.latency{group=page} 1",
                        "taskgroup.stragglers{group=page} 0");
    }

    @Test
    void after_a_timeout() {
        assertThatExceptionOfType(TaskGroupTimeoutException.class)
                .isThrownBy(() -> groups.run("page", group -> {
                    group.fork(() -> never.await());
                    group.reschedule(Duration.ofMillis(1));
                }));

        assertThat(meters())
                .contains(
                        "taskgroup.groups{group=page, outcome=timeout} 1",
                        "taskgroup.groups.cancelled{group=page, reason=timeout} 1",
                        "taskgroup.tasks.forked{group=page} 1",
                        "taskgroup.tasks.cancelled{group=page, reason=timeout} 1");
    }

    @Test
    void after_a_timeout_that_moved_on() throws Exception {
        TaskGroupOptions late = TaskGroupOptions.named("page").withTimeout(Duration.ofMillis(1), OnTimeout.MOVE_ON);
        groups.run(late, group -> group.fork(() -> never.await()));

        assertThat(meters()).contains("taskgroup.groups{group=page, outcome=timeout} 1");
    }

    @Test
    void after_a_cancel_of_the_group() throws Exception {
        groups.run("page", group -> {
            group.fork(() -> never.await());
            group.cancel();
        });

        assertThat(meters())
                .contains(
                        "taskgroup.groups{group=page, outcome=cancelled} 1",
                        "taskgroup.groups.cancelled{group=page, reason=requested} 1",
                        "taskgroup.tasks.cancelled{group=page, reason=requested} 1");
    }

    @Test
    void after_an_interrupt_of_the_caller() {
        Thread caller = Thread.currentThread();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> groups.run("page", group -> {
                    group.fork(() -> {
                        caller.interrupt();
                        never.await();
                    });
                    never.await();
                }));

        assertThat(meters())
                .contains(
                        "taskgroup.groups{group=page, outcome=interrupted} 1",
                        "taskgroup.groups.cancelled{group=page, reason=interrupted} 1",
                        "taskgroup.tasks.cancelled{group=page, reason=interrupted} 1");
    }

    @Test
    void a_task_that_threw_a_cancellation_of_its_own_is_counted_as_cancelled_on_its_own() {
        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> groups.run(
                        "page",
                        group -> group.fork(() -> {
                            throw new CancellationException();
                        })));

        assertThat(meters())
                .contains(
                        "taskgroup.tasks{exception=CancellationException, group=page, outcome=cancelled} 1",
                        "taskgroup.tasks.cancelled{group=page, reason=task-cancelled} 1",
                        "taskgroup.groups.cancelled{group=page, reason=task-cancelled} 1");
    }

    @Test
    void a_task_that_never_ran_waited_and_was_cancelled_and_has_no_run() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        pool.submit(() -> {
            done.await();
            return null;
        });
        TaskGroupFactory scarce = metered(TaskGroupFactory.builder().executor(pool));

        scarce.run("page", group -> {
            group.fork(() -> {});
            group.cancel();
        });
        done.countDown();

        assertThat(meters())
                .containsExactlyInAnyOrder(
                        "taskgroup.groups{group=page, outcome=cancelled} 1",
                        "taskgroup.groups.active{group=page} 0",
                        "taskgroup.groups.cancelled{group=page, reason=requested} 1",
                        "taskgroup.tasks.active{group=page} 0",
                        "taskgroup.tasks.pending{group=page} 0",
                        "taskgroup.tasks.forked{group=page} 1",
                        "taskgroup.tasks.cancelled{group=page, reason=requested} 1",
                        "taskgroup.tasks.wait{group=page} 1",
                        "taskgroup.cancel.latency{group=page} 0",
                        "taskgroup.stragglers{group=page} 0");
    }

    @Test
    void a_task_whose_context_cannot_be_restored_counts_as_a_failure_and_leaves_the_gauges_at_zero() {
        TaskGroupFactory broken =
                metered(TaskGroupFactory.builder().contextCarrier(() -> new ContextCarrier.Captured() {
                    @Override
                    public <T> T call(Callable<T> task) {
                        throw new IllegalStateException("broken carrier");
                    }
                }));

        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> broken.run("page", group -> group.fork(() -> {})));

        assertThat(meters())
                .contains(
                        "taskgroup.tasks{exception=IllegalStateException, group=page, outcome=failure} 1",
                        "taskgroup.tasks.active{group=page} 0",
                        "taskgroup.tasks.pending{group=page} 0",
                        "taskgroup.tasks.wait{group=page} 1");
    }

    @Test
    void while_tasks_run_and_wait_the_gauges_show_them() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        TaskGroupFactory scarce = metered(TaskGroupFactory.builder().executor(pool));

        scarce.run("page", group -> {
            group.fork(() -> {
                running.countDown();
                release.await();
            });
            group.fork(() -> {});
            running.await();

            assertThat(meters())
                    .contains(
                            "taskgroup.groups.active{group=page} 1",
                            "taskgroup.tasks.active{group=page} 1",
                            "taskgroup.tasks.pending{group=page} 1");
            release.countDown();
        });
    }

    @Test
    void forks_are_counted_when_their_group_is_joined_and_when_it_is_closed() throws Exception {
        groups.run("page", group -> {
            group.fork(() -> {});
            group.fork(() -> {});
            group.join();
            assertThat(forks("page")).isEqualTo(2);

            group.fork(() -> {});
        });
        assertThat(forks("page")).isEqualTo(3);
        try (OpenTaskGroup group = groups.open("page")) {
            group.fork(() -> {});
            group.join();
            assertThat(forks("page")).isEqualTo(4);
        }
        assertThat(forks("page")).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "taskgroup.groups.active",
                "taskgroup.tasks.active",
                "taskgroup.tasks.pending",
                "taskgroup.stragglers"
            })
    void forks_of_a_group_that_is_open_for_long_are_counted_when_a_gauge_is_read(String gauge) throws Exception {
        groups.run("page", group -> {
            group.fork(() -> {});
            registry.get(gauge).gauge().value();
            assertThat(forks("page")).isOne();

            group.fork(() -> {}).await();
            registry.get(gauge).gauge().value();
            registry.get(gauge).gauge().value();
            assertThat(forks("page")).isEqualTo(2);
        });
        assertThat(forks("page")).isEqualTo(2);
    }

    /** A counter that falls looks like a restart to whoever reads it. */
    @Test
    void every_fork_is_counted_once_however_many_read_the_gauges_while_groups_are_joined_and_closed() throws Exception {
        AtomicLong forked = new AtomicLong();
        groups.run("page", group -> {});
        Counter counter = registry.get("taskgroup.tasks.forked").counter();
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<Void>> readers = Stream.generate(() -> CompletableFuture.runAsync(() -> {
                    double before = 0;
                    while (!done.get()) {
                        registry.get("taskgroup.tasks.active").gauge().value();
                        double now = counter.count();
                        assertThat(now).isBetween(before, (double) forked.get());
                        before = now;
                    }
                }))
                .limit(3)
                .toList();

        try {
            for (int round = 0; round < 2_000; round++) {
                groups.run("page", group -> {
                    for (int i = 0; i < 3; i++) {
                        forked.incrementAndGet();
                        group.fork(() -> {});
                    }
                    group.join();
                    assertThat(counter.count()).isEqualTo(forked.get());
                    forked.incrementAndGet();
                    group.fork(() -> {});
                });
                assertThat(counter.count()).isEqualTo(forked.get());
            }
        } finally {
            done.set(true);
        }
        assertThat(readers).allSatisfy(reader -> assertThat(reader).succeedsWithin(Duration.ofSeconds(30)));
    }

    private double forks(String group) {
        return registry.get("taskgroup.tasks.forked")
                .tag("group", group)
                .counter()
                .count();
    }

    @Test
    void a_fork_that_was_refused_is_counted_neither_as_forked_nor_as_cancelled_and_has_not_waited() throws Exception {
        TaskGroupFactory full = metered(TaskGroupFactory.builder().executor(task -> {
            throw new RejectedExecutionException("full");
        }));
        full.run(
                "page",
                group -> assertThatExceptionOfType(RejectedExecutionException.class)
                        .isThrownBy(() -> group.fork(() -> {})));

        assertThat(meters())
                .contains("taskgroup.tasks.forked{group=page} 0", "taskgroup.tasks.wait{group=page} 0")
                .noneMatch(meter -> meter.startsWith("taskgroup.tasks.cancelled"));
    }

    /** The exception's own class is none that a user could name. */
    @Test
    void a_task_that_a_stopped_group_inside_it_has_ended_is_tagged_as_interrupted() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        groups.run("page", page -> {
            page.fork(() -> groups.run(
                    "inside",
                    inside -> inside.fork(() -> {
                        running.countDown();
                        never.await();
                    })));
            running.await();
            page.cancel();
        });

        assertThat(meters())
                .contains("taskgroup.tasks{exception=InterruptedException, group=page, outcome=cancelled} 1");
    }

    @Test
    void without_task_timers_tasks_are_counted_and_not_timed() {
        TaskGroupFactory counted = groups(new MetricsProperties(100, false, false));
        CountDownLatch running = new CountDownLatch(1);
        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> counted.run("page", group -> {
                    group.fork("slow", () -> {
                        running.countDown();
                        never.await();
                    });
                    group.fork("bad", () -> {
                        running.await();
                        throw new IllegalStateException("bad");
                    });
                }));

        assertThat(meters())
                .containsExactlyInAnyOrder(
                        "taskgroup.groups{group=page, outcome=failure} 1",
                        "taskgroup.groups.active{group=page} 0",
                        "taskgroup.groups.cancelled{group=page, reason=task-failed} 1",
                        "taskgroup.tasks.active{group=page} 0",
                        "taskgroup.tasks.pending{group=page} 0",
                        "taskgroup.tasks.forked{group=page} 2",
                        "taskgroup.tasks.cancelled{group=page, reason=task-failed} 1",
                        "taskgroup.cancel.latency{group=page} 1",
                        "taskgroup.stragglers{group=page} 0");
    }

    /** What a task costs is what is told of it: with the first of these observers core looks at no clock. */
    @Test
    void without_task_timers_nothing_is_told_of_a_task_that_succeeds() {
        assertThat(eventsOf(GroupMetrics.class)).noneMatch(event -> event.matches("task(Forked|Started|Ended)"));
        assertThat(eventsOf(TaskMetrics.class)).containsExactly("taskEnded");
    }

    private static List<String> eventsOf(Class<? extends TaskGroupObserver> observer) {
        return Stream.of(TaskGroupObserver.class.getMethods())
                .filter(event -> Stream.of(observer.getMethods())
                        .anyMatch(method -> method.getName().equals(event.getName())
                                && method.getDeclaringClass() != TaskGroupObserver.class))
                .map(Method::getName)
                .toList();
    }

    @Test
    void a_task_that_does_not_stop_is_shown_as_a_straggler_until_it_has_ended() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        TaskGroupOptions watched = TaskGroupOptions.named("page")
                .withCancelMode(CancelMode.COOPERATIVE)
                .withStragglerWarning(Duration.ofMillis(1));

        groups.run(watched, group -> {
            CountDownLatch running = new CountDownLatch(1);
            group.fork("stubborn", () -> {
                running.countDown();
                release.await();
            });
            running.await();
            assertThat(meters()).contains("taskgroup.stragglers{group=page} 0");

            group.cancel();
            await().untilAsserted(() -> assertThat(meters()).contains("taskgroup.stragglers{group=page} 1"));
            release.countDown();
        });

        assertThat(meters()).contains("taskgroup.stragglers{group=page} 0");
    }

    @Test
    void the_documentation_names_every_meter_with_its_type_and_tags() throws Exception {
        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> groups.run(
                        "page",
                        group -> group.fork(() -> {
                            throw new IllegalStateException();
                        })));
        groups.run("page", group -> {
            group.fork(() -> never.await());
            group.cancel();
        });

        assertThat(DocumentedTable.withHeader("meter"))
                .extracting(row -> String.join(" ", row.subList(0, 3)))
                .containsExactlyInAnyOrderElementsOf(registry.getMeters().stream()
                        .map(TaskGroupMetricsTest::documented)
                        .distinct()
                        .toList());
    }

    private static String documented(Meter meter) {
        String tags = Stream.of("group", "outcome", "reason", "exception")
                .filter(tag -> meter.getId().getTag(tag) != null)
                .collect(Collectors.joining(", "));
        return meter.getId().getName() + " " + meter.getId().getType().name().toLowerCase(Locale.ROOT) + " " + tags;
    }

    @Test
    void the_documentation_names_every_reason() {
        assertThat(DocumentedTable.withHeader("tag"))
                .filteredOn(row -> row.get(0).equals("reason"))
                .singleElement()
                .satisfies(row -> assertThat(row.get(1).split(", "))
                        .containsExactlyInAnyOrder(Stream.of(CancelReason.Kind.values())
                                .map(kind ->
                                        kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .toArray(String[]::new)));
    }

    @Test
    void an_exception_of_an_anonymous_class_is_named_by_its_superclass() {
        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> groups.run(
                        "page",
                        group -> group.fork(() -> {
                            throw new IllegalStateException() {};
                        })));

        assertThat(meters())
                .contains("taskgroup.tasks{exception=IllegalStateException, group=page, outcome=failure} 1");
    }

    @Test
    void past_the_limit_of_names_groups_are_counted_as_other() throws Exception {
        TaskGroupFactory limited = groups(new MetricsProperties(100, true, false));
        for (int i = 0; i < 150; i++) {
            limited.run("group-" + i, group -> group.fork(() -> {}));
        }
        limited.run("group-99", group -> {});
        limited.run("group-149", group -> {});

        assertThat(registry.find("taskgroup.tasks.forked").counters())
                .extracting(counter -> counter.getId().getTag("group"))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 101)
                        .mapToObj(i -> i < 100 ? "group-" + i : "other")
                        .toList());
        assertThat(meters())
                .contains(
                        "taskgroup.tasks.forked{group=other} 50",
                        "taskgroup.groups{group=other, outcome=success} 51",
                        "taskgroup.groups{group=group-99, outcome=success} 2");
    }

    @Test
    void a_group_that_is_called_other_shares_the_meters_of_the_others() throws Exception {
        TaskGroupFactory limited = groups(new MetricsProperties(1, true, false));
        limited.run("other", group -> {});
        limited.run("page", group -> {});

        assertThat(meters()).contains("taskgroup.groups{group=other, outcome=success} 2");
    }

    @Test
    void contexts_that_share_a_registry_share_the_meters_of_a_group() throws Exception {
        TaskGroupFactory second = metered(TaskGroupFactory.builder());

        groups.run("page", ofFirst -> {
            ofFirst.fork(() -> {});
            second.run("page", ofSecond -> {
                ofSecond.fork(() -> {});
                assertThat(meters()).contains("taskgroup.groups.active{group=page} 2");
            });
        });

        assertThat(meters())
                .contains(
                        "taskgroup.groups.active{group=page} 0",
                        "taskgroup.groups{group=page, outcome=success} 2",
                        "taskgroup.tasks.forked{group=page} 2");
    }

    @Test
    void when_a_context_is_gone_its_gauges_show_the_groups_of_the_next_one() throws Exception {
        WeakReference<TaskGroupFactory> gone = closedFactory();
        await().until(() -> {
            System.gc();
            return gone.get() == null;
        });

        groups.run("page", group -> assertThat(meters()).contains("taskgroup.groups.active{group=page} 1"));
    }

    private WeakReference<TaskGroupFactory> closedFactory() throws InterruptedException {
        try (TaskGroupFactory first = metered(TaskGroupFactory.builder(), registry, DEFAULTS)) {
            first.run("page", group -> {});
            return new WeakReference<>(first);
        }
    }

    @Test
    void a_registry_that_nobody_needs_any_more_is_let_go() throws Exception {
        WeakReference<MeterRegistry> registry = usedRegistry();
        await().until(() -> {
            System.gc();
            return registry.get() == null;
        });
    }

    private static WeakReference<MeterRegistry> usedRegistry() throws InterruptedException {
        MeterRegistry registry = new SimpleMeterRegistry();
        try (TaskGroupFactory groups = metered(TaskGroupFactory.builder(), registry, DEFAULTS)) {
            groups.run("page", group -> group.fork(() -> {}));
        }
        return new WeakReference<>(registry);
    }

    @Test
    void the_limit_of_names_is_that_of_the_registry_and_what_is_known_there_needs_no_other_place() throws Exception {
        TaskGroupFactory narrow = groups(new MetricsProperties(1, true, false));
        TaskGroupFactory wide = groups(new MetricsProperties(2, true, false));

        wide.run("page", group -> {});
        wide.run("offers", group -> {});
        narrow.run("page", group -> {});
        narrow.run("offers", group -> {});
        narrow.run("report", group -> {});
        wide.run("report", group -> {});

        assertThat(meters())
                .filteredOn(meter -> meter.startsWith("taskgroup.groups{"))
                .containsExactlyInAnyOrder(
                        "taskgroup.groups{group=page, outcome=success} 2",
                        "taskgroup.groups{group=offers, outcome=success} 2",
                        "taskgroup.groups{group=other, outcome=success} 2");
    }

    @Test
    void without_the_option_timers_publish_no_histogram_and_with_it_they_do() throws Exception {
        RecordedHistograms histograms = new RecordedHistograms();
        registry.config().meterFilter(histograms);

        groups.run("page", group -> group.fork(() -> {}));
        assertThat(histograms.published).isEmpty();

        groups(new MetricsProperties(100, true, true)).run("offers", group -> group.fork(() -> {}));
        assertThat(histograms.published)
                .containsExactlyInAnyOrder(
                        "taskgroup.groups", "taskgroup.tasks", "taskgroup.tasks.wait", "taskgroup.cancel.latency");
    }

    @Test
    void every_meter_has_a_description_and_a_base_unit() throws Exception {
        groups.run("page", group -> {
            group.fork(() -> never.await());
            group.cancel();
        });

        assertThat(registry.getMeters()).isNotEmpty().allSatisfy(meter -> {
            assertThat(meter.getId().getDescription()).isNotBlank();
            assertThat(meter.getId().getBaseUnit()).isIn("seconds", "tasks", "groups");
        });
    }

    /** Every meter as name{tags} count-or-value. */
    private List<String> meters() {
        return registry.getMeters().stream().map(TaskGroupMetricsTest::text).toList();
    }

    private static String text(Meter meter) {
        double value = 0;
        for (var measurement : meter.measure()) {
            if (measurement.getStatistic() == Statistic.COUNT || measurement.getStatistic() == Statistic.VALUE) {
                value = measurement.getValue();
            }
        }
        String tags = meter.getId().getTags().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .sorted()
                .reduce((left, right) -> left + ", " + right)
                .orElse("");
        return meter.getId().getName() + "{" + tags + "} " + Math.round(value);
    }
}
