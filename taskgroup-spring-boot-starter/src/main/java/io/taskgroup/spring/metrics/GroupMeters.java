package io.taskgroup.spring.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.taskgroup.CancelReason;
import io.taskgroup.GroupOutcome;
import io.taskgroup.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The meters of one group name. Meters are looked up in the registry once; what is counted often is found by a field. */
final class GroupMeters {
    private static final String TASKS = "tasks";
    private static final String GROUPS = "groups";

    private final MeterRegistry registry;
    private final Tag group;
    private final boolean histogram;

    private final LongAdder activeGroups = new LongAdder();
    private final LongAdder pendingTasks = new LongAdder();
    private final LongAdder activeTasks = new LongAdder();
    private final LongAdder stragglers = new LongAdder();
    private final Counter forkedTasks;
    private final Timer wait;
    private final Timer cancelLatency;
    private final Map<GroupOutcome, Timer> groups = new ConcurrentHashMap<>();
    private final Map<CancelReason.Kind, Counter> cancelledGroups = new ConcurrentHashMap<>();
    private final Map<TaskEnd, Timer> tasks = new ConcurrentHashMap<>();
    private final Map<CancelReason.Kind, Counter> cancelledTasks = new ConcurrentHashMap<>();

    /** The tags of a task's run. */
    private record TaskEnd(TaskState state, @Nullable Class<?> exception) {}

    GroupMeters(MeterRegistry registry, String groupName, boolean histogram) {
        this.registry = registry;
        this.group = Tag.of("group", groupName);
        this.histogram = histogram;
        this.forkedTasks = counter("taskgroup.tasks.forked", TASKS, "Tasks forked");
        this.wait =
                timer("taskgroup.tasks.wait", "Time from the fork of a task to its start, or to its end without one");
        this.cancelLatency =
                timer("taskgroup.cancel.latency", "Time from asking a running task to stop until its thread was gone");
        gauge("taskgroup.groups.active", GROUPS, activeGroups, "Groups that are open");
        gauge("taskgroup.tasks.pending", TASKS, pendingTasks, "Tasks that were forked and have not started");
        gauge("taskgroup.tasks.active", TASKS, activeTasks, "Tasks that are running");
        gauge("taskgroup.stragglers", TASKS, stragglers, "Tasks that still run long after they were asked to stop");
    }

    void groupOpened() {
        activeGroups.increment();
    }

    void groupCancelled(CancelReason reason) {
        cancelledGroups.computeIfAbsent(reason.kind(), this::cancelledGroups).increment();
    }

    void groupClosed(GroupOutcome outcome, Duration elapsed) {
        activeGroups.decrement();
        groups.computeIfAbsent(outcome, this::groups).record(elapsed);
    }

    void taskForked() {
        forkedTasks.increment();
        pendingTasks.increment();
    }

    void taskStarted(Duration waited) {
        pendingTasks.decrement();
        activeTasks.increment();
        wait.record(waited);
    }

    void taskNeverStarted(long waitedNanos) {
        pendingTasks.decrement();
        wait.record(waitedNanos, TimeUnit.NANOSECONDS);
    }

    void taskLeft() {
        activeTasks.decrement();
    }

    void straggling() {
        stragglers.increment();
    }

    void stragglerLeft() {
        stragglers.decrement();
    }

    void taskCancelled(CancelReason.Kind reason) {
        cancelledTasks.computeIfAbsent(reason, this::cancelledTasks).increment();
    }

    void cancelLatency(long nanos) {
        cancelLatency.record(nanos, TimeUnit.NANOSECONDS);
    }

    void taskRan(TaskState state, @Nullable Throwable exception, Duration ran) {
        TaskEnd end = new TaskEnd(state, exception == null ? null : exception.getClass());
        tasks.computeIfAbsent(end, this::tasks).record(ran);
    }

    private Timer groups(GroupOutcome outcome) {
        return timer("taskgroup.groups", "Time from opening a group to its end", Tag.of("outcome", value(outcome)));
    }

    private Counter cancelledGroups(CancelReason.Kind reason) {
        return counter(
                "taskgroup.groups.cancelled", GROUPS, "Groups that were cancelled", Tag.of("reason", value(reason)));
    }

    private Timer tasks(TaskEnd end) {
        return timer(
                "taskgroup.tasks",
                "Time that a task ran",
                Tag.of("outcome", value(end.state())),
                Tag.of("exception", value(end.exception())));
    }

    private Counter cancelledTasks(CancelReason.Kind reason) {
        return counter(
                "taskgroup.tasks.cancelled", TASKS, "Tasks that were cancelled", Tag.of("reason", value(reason)));
    }

    private static String value(GroupOutcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> "success";
            case FAILED -> "failure";
            case TIMED_OUT -> "timeout";
            case CANCELLED -> "cancelled";
            case INTERRUPTED -> "interrupted";
        };
    }

    private static String value(TaskState state) {
        return switch (state) {
            case SUCCEEDED -> "success";
            case FAILED -> "failure";
            case CANCELLED -> "cancelled";
            case PENDING, RUNNING -> throw new IllegalArgumentException("a task that is " + state + " has not ended");
        };
    }

    private static String value(CancelReason.Kind reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String value(@Nullable Class<?> exception) {
        if (exception == null) {
            return "none";
        }
        String simpleName = exception.getSimpleName();
        return simpleName.isEmpty() ? exception.getName() : simpleName; // an anonymous class has no simple name
    }

    private Timer timer(String name, String description, Tag... tags) {
        return Timer.builder(name)
                .description(description)
                .tags(List.of(group))
                .tags(List.of(tags))
                .publishPercentileHistogram(histogram)
                .register(registry);
    }

    private Counter counter(String name, String unit, String description, Tag... tags) {
        return Counter.builder(name)
                .description(description)
                .baseUnit(unit)
                .tags(List.of(group))
                .tags(List.of(tags))
                .register(registry);
    }

    private void gauge(String name, String unit, LongAdder value, String description) {
        Gauge.builder(name, value, LongAdder::sum)
                .description(description)
                .baseUnit(unit)
                .tags(List.of(group))
                .register(registry);
    }
}
