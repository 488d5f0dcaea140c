package io.taskgroup.spring;

import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.spring.TaskGroupProperties.GroupSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The options of groups, value by value: {@link TaskGroupOptionsCustomizer}s win over {@code taskgroup.groups.<name>},
 * and that over {@code taskgroup.defaults}. What a call sets wins over all of them; the core sees to that.
 */
final class LayeredOptions {
    private final TaskGroupOptions defaults;
    private final Map<String, GroupSettings> groups;
    private final Map<String, GroupSettings> groupsByRelaxedName;
    private final List<TaskGroupOptionsCustomizer> customizers;

    LayeredOptions(TaskGroupProperties properties, List<TaskGroupOptionsCustomizer> customizers) {
        check("taskgroup.defaults", properties.defaults());
        properties.groups().forEach((name, settings) -> {
            if (name.isBlank()) {
                throw new InvalidConfigurationPropertyValueException(
                        "taskgroup.groups", name, "A group's name must not be blank.");
            }
            check("taskgroup.groups." + name, settings);
        });
        this.groups = properties.groups();
        this.groupsByRelaxedName = unambiguous(properties.groups());
        this.defaults = set(properties.defaults(), TaskGroupOptions.named("defaults"));
        this.customizers = customizers;
    }

    void applyTo(TaskGroupFactory.Builder builder) {
        builder.defaults(defaults).options(this::configure);
    }

    /**
     * The entries by the relaxed forms of their names, where these are not empty and all entries of that form are equal.
     * An environment variable over an entry of a file gives two that are: Spring Boot binds each with the values of both.
     */
    private static Map<String, GroupSettings> unambiguous(Map<String, GroupSettings> groups) {
        Map<String, Set<GroupSettings>> candidates = new HashMap<>();
        groups.forEach((name, settings) -> candidates
                .computeIfAbsent(relaxed(name), unknown -> new HashSet<>())
                .add(settings));
        Map<String, GroupSettings> byRelaxedName = new HashMap<>();
        candidates.forEach((relaxed, settings) -> {
            if (!relaxed.isEmpty() && settings.size() == 1) {
                byRelaxedName.put(relaxed, settings.iterator().next());
            }
        });
        return byRelaxedName;
    }

    private @Nullable GroupSettings settings(String groupName) {
        if (groups.isEmpty()) {
            return null; // as in most applications: spares each of their groups the relaxed form of its name
        }
        GroupSettings exact = groups.get(groupName);
        return exact != null ? exact : groupsByRelaxedName.get(relaxed(groupName));
    }

    private TaskGroupOptions configure(TaskGroupOptions group) {
        GroupSettings settings = settings(group.name());
        TaskGroupOptions options = settings == null ? group : set(settings, group);
        for (TaskGroupOptionsCustomizer customizer : customizers) {
            options = Objects.requireNonNull(
                    customizer.customize(options), () -> "options customizer " + customizer + " returned null");
        }
        return options;
    }

    private static TaskGroupOptions set(GroupSettings settings, TaskGroupOptions options) {
        if (settings.timeout() != null) {
            options = options.withTimeout(settings.timeout());
        }
        if (settings.onTimeout() != null) {
            options = options.withOnTimeout(settings.onTimeout());
        }
        if (settings.maxConcurrency() != null) {
            options = options.withMaxConcurrency(settings.maxConcurrency());
        }
        if (settings.policy() != null) {
            options = options.withPolicy(settings.policy().joinPolicy());
        }
        if (settings.cancelMode() != null) {
            options = options.withCancelMode(settings.cancelMode());
        }
        if (settings.stragglerWarning() != null) {
            options = options.withStragglerWarning(settings.stragglerWarning());
        }
        return options;
    }

    private static void check(String prefix, GroupSettings settings) {
        checkPositive(
                prefix + ".timeout",
                settings.timeout(),
                "A timeout must be positive. Leave the property out for a group without one.");
        checkPositive(
                prefix + ".straggler-warning",
                settings.stragglerWarning(),
                "The time until a straggler is reported must be positive. Set a long one for no reports.");
        if (settings.maxConcurrency() != null && settings.maxConcurrency() < 1) {
            throw new InvalidConfigurationPropertyValueException(
                    prefix + ".max-concurrency",
                    settings.maxConcurrency(),
                    "At least one task must be allowed to run. Leave the property out for a group without a limit.");
        }
    }

    private static void checkPositive(String property, @Nullable Duration value, String reason) {
        if (value != null && (value.isZero() || value.isNegative())) {
            throw new InvalidConfigurationPropertyValueException(property, value, reason);
        }
    }

    /**
     * A group's name as Spring Boot compares names: without dashes and the like, in lower case. So
     * {@code TASKGROUP_GROUPS_PRODUCTPAGE_TIMEOUT} in the environment means the group {@code product-page}.
     */
    private static String relaxed(String name) {
        StringBuilder relaxed = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            if (Character.isLetterOrDigit(name.charAt(i))) {
                relaxed.append(Character.toLowerCase(name.charAt(i)));
            }
        }
        return relaxed.toString();
    }
}
