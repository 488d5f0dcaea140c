package io.taskgroup.spring.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.taskgroup.CancelReason;
import io.taskgroup.GroupOutcome;
import io.taskgroup.Task;
import io.taskgroup.TaskGroup;
import io.taskgroup.TaskGroupObserver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Meters what happens to groups and tasks. When {@code call} or {@code join} returns, the meters are complete. */
final class TaskGroupMetrics implements TaskGroupObserver {
    /** The tag value of the groups past the limit of names. */
    private static final String OTHER = "other";

    private final MeterRegistry registry;
    private final Clock clock;
    private final MetricsProperties properties;
    private final Map<String, GroupMeters> byGroupName = new ConcurrentHashMap<>();
    private volatile @Nullable GroupMeters other; // set once the limit is reached
    private final Map<Long, MeteredTask> live = new ConcurrentHashMap<>();

    TaskGroupMetrics(MeterRegistry registry, MetricsProperties properties) {
        if (properties.maxGroupNames() < 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "taskgroup.metrics.max-group-names", properties.maxGroupNames(), "It must not be negative.");
        }
        this.registry = registry;
        this.clock = registry.config().clock();
        this.properties = properties;
    }

    @Override
    public void groupOpened(TaskGroup group) {
        meters(group).groupOpened();
    }

    @Override
    public void groupCancelled(TaskGroup group, CancelReason reason) {
        meters(group).groupCancelled(reason);
    }

    @Override
    public void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {
        meters(group).groupClosed(outcome, elapsed);
    }

    @Override
    public void taskForked(Task<?> task) {
        MeteredTask metered = new MeteredTask(meters(task.group()), clock);
        live.put(task.id(), metered);
        metered.forked();
    }

    @Override
    public void taskStarted(Task<?> task, Duration waited) {
        MeteredTask metered = live.get(task.id());
        if (metered != null) {
            metered.started(waited);
        }
    }

    @Override
    public void taskCancelRequested(Task<?> task, CancelReason reason) {
        MeteredTask metered = live.get(task.id());
        if (metered != null) {
            metered.cancelRequested(reason);
        }
    }

    @Override
    public void taskStraggling(Task<?> task, Duration sinceCancel, Thread thread) {
        MeteredTask metered = live.get(task.id());
        if (metered != null) {
            metered.straggles();
        }
    }

    @Override
    public void taskEnded(Task<?> task, Duration ran) {
        MeteredTask metered = live.remove(task.id());
        if (metered != null) {
            metered.ended(task, ran);
        }
    }

    private GroupMeters meters(TaskGroup group) {
        GroupMeters known = byGroupName.get(group.name());
        if (known != null) {
            return known;
        }
        GroupMeters rest = other;
        return rest != null ? rest : register(group.name());
    }

    private synchronized GroupMeters register(String groupName) {
        GroupMeters known = byGroupName.get(groupName);
        if (known != null) {
            return known;
        }
        if (byGroupName.size() < properties.maxGroupNames()) {
            GroupMeters registered = new GroupMeters(registry, groupName, properties.histogram());
            byGroupName.put(groupName, registered);
            return registered;
        }
        GroupMeters rest = other;
        if (rest == null) {
            GroupMeters sameName = byGroupName.get(OTHER);
            rest = sameName != null ? sameName : new GroupMeters(registry, OTHER, properties.histogram());
            other = rest;
        }
        return rest;
    }
}
