package io.taskgroup.spring.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.taskgroup.CancelReason;
import io.taskgroup.GroupOutcome;
import io.taskgroup.Task;
import io.taskgroup.TaskGroup;
import io.taskgroup.TaskState;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one group name. Meters that record are looked up in the registry once. How many tasks there are is asked of
 * the groups when somebody looks; how many there were, also when a group is joined and closed.
 */
final class GroupMeters {
    private static final String TASKS = "tasks";
    private static final String GROUPS = "groups";

    private final GroupRegistry registry;
    private final Map<TaskGroup, ForkCount> open = new ConcurrentHashMap<>();
    private final Set<Task<?>> stragglers = ConcurrentHashMap.newKeySet();
    private final Counter forkedTasks;
    private final Timer cancelLatency;
    private final Map<GroupOutcome, Timer> groups = new ConcurrentHashMap<>();
    private final Map<CancelReason.Kind, Counter> cancelledGroups = new ConcurrentHashMap<>();
    private final Map<CancelReason.Kind, Counter> cancelledTasks = new ConcurrentHashMap<>();
    private volatile @Nullable TaskTimers tasks; // made for the first task that is timed

    GroupMeters(GroupRegistry registry) {
        this.registry = registry;
        this.cancelLatency = registry.timer(
                "taskgroup.cancel.latency", "Time from asking a running task to stop until its thread was gone");
        this.forkedTasks = registry.counter("taskgroup.tasks.forked", TASKS, "Tasks forked");
        gauge("taskgroup.groups.active", GROUPS, "Groups that are open", open::size);
        gauge(
                "taskgroup.stragglers",
                TASKS,
                "Tasks that still run long after they were asked to stop",
                stragglers::size);
        gauge("taskgroup.tasks.active", TASKS, "Tasks that are running", this::activeTasks);
        gauge("taskgroup.tasks.pending", TASKS, "Tasks that were forked and have not started", this::pendingTasks);
    }

    /** Who reads a gauge collects the counters as well: forks of a group that stays open for hours are counted by now. */
    private void gauge(String name, String unit, String description, LongSupplier value) {
        registry.gauge(name, unit, description, () -> {
            countForksOfOpenGroups();
            return value.getAsLong();
        });
    }

    TaskTimers tasks() {
        TaskTimers known = tasks;
        return known != null ? known : makeTaskTimers();
    }

    private synchronized TaskTimers makeTaskTimers() {
        TaskTimers made = tasks;
        if (made == null) {
            made = new TaskTimers(registry);
            tasks = made;
        }
        return made;
    }

    void groupOpened(TaskGroup group) {
        open.put(group, new ForkCount(group));
    }

    void groupCancelled(CancelReason reason) {
        cancelledGroups.computeIfAbsent(reason.kind(), this::cancelledGroups).increment();
    }

    void groupJoined(TaskGroup group) {
        countForks(open.get(group));
    }

    void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {
        countForks(open.remove(group));
        groups.computeIfAbsent(outcome, this::groups).record(elapsed);
    }

    void taskStraggles(Task<?> task) {
        stragglers.add(task);
        if (task.state().isTerminal()) {
            stragglers.remove(task); // it ended meanwhile, and its end may have been told already
        }
    }

    void taskStopped(Task<?> task, CancelReason reason, Duration sinceRequest) {
        stragglers.remove(task);
        if (!sinceRequest.isZero()) {
            cancelLatency.record(sinceRequest);
        }
        if (task.state() == TaskState.CANCELLED) {
            cancelledTasks.computeIfAbsent(reason.kind(), this::cancelledTasks).increment();
        }
    }

    private void countForksOfOpenGroups() {
        open.values().forEach(this::countForks);
    }

    private void countForks(@Nullable ForkCount forks) {
        if (forks != null) {
            forks.countInto(forkedTasks);
        }
    }

    private long activeTasks() {
        return sumOfOpen(TaskGroup::runningTasks);
    }

    private long pendingTasks() {
        return sumOfOpen(group -> Math.max(0, group.liveTasks() - group.runningTasks()));
    }

    private long sumOfOpen(ToLongFunction<TaskGroup> ofGroup) {
        return open.keySet().stream().mapToLong(ofGroup).sum();
    }

    private Timer groups(GroupOutcome outcome) {
        return registry.timer(
                "taskgroup.groups", "Time from opening a group to its end", Tag.of("outcome", value(outcome)));
    }

    private Counter cancelledGroups(CancelReason.Kind reason) {
        return registry.counter(
                "taskgroup.groups.cancelled", GROUPS, "Groups that were cancelled", Tag.of("reason", value(reason)));
    }

    private Counter cancelledTasks(CancelReason.Kind reason) {
        return registry.counter(
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

    private static String value(CancelReason.Kind reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
