package io.taskgroup.spring.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.taskgroup.TaskGroup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Finds the meters of a group by its name. Past the limit of names, groups share those called {@value #OTHER}.
 *
 * <p>What is shared with another context is as the first of them has made it.
 */
final class MeteredGroups {
    private static final String OTHER = "other";

    private final MeterRegistry registry;
    private final MetricsProperties properties;
    private final SharedMeters shared;
    private final Map<String, GroupMeters> byName = new ConcurrentHashMap<>();
    private volatile @Nullable GroupMeters other; // set once the limit is reached

    MeteredGroups(MeterRegistry registry, MetricsProperties properties) {
        if (properties.maxGroupNames() < 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "taskgroup.metrics.max-group-names", properties.maxGroupNames(), "It must not be negative.");
        }
        this.registry = registry;
        this.properties = properties;
        this.shared = SharedMeters.of(registry);
    }

    GroupMeters meters(TaskGroup group) {
        GroupMeters known = byName.get(group.name());
        if (known != null) {
            return known;
        }
        GroupMeters rest = other;
        return rest != null ? rest : register(group.name());
    }

    private synchronized GroupMeters register(String name) {
        if (shared.admits(name, properties.maxGroupNames())) {
            return byName.computeIfAbsent(name, admitted -> shared.meters(admitted, this::make));
        }
        GroupMeters rest = shared.meters(OTHER, this::make);
        other = rest;
        return rest;
    }

    private GroupMeters make(String name) {
        return new GroupMeters(new GroupRegistry(registry, name, properties.histogram()));
    }
}
