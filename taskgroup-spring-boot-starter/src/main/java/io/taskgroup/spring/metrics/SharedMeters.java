package io.taskgroup.spring.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The meters of groups in one registry. Several contexts may use it, at once or one after the other, and a registry keeps
 * the first gauge of a name and tags: so they share what that shows.
 *
 * <p>A registry holds its meters, by the gauges; what is here holds neither. So both go when the application lets the
 * registry go.
 */
final class SharedMeters {
    private static final Map<MeterRegistry, SharedMeters> OF_REGISTRIES = new WeakHashMap<>(); // guarded by itself

    private final Set<String> names = new HashSet<>(); // those that took a place below the limit
    private final Map<String, WeakReference<GroupMeters>> byName = new HashMap<>();

    private SharedMeters() {}

    static SharedMeters of(MeterRegistry registry) {
        synchronized (OF_REGISTRIES) {
            return OF_REGISTRIES.computeIfAbsent(registry, unseen -> new SharedMeters());
        }
    }

    /**
     * Returns whether a group name may be a value of the tag {@code group}.
     *
     * @param limit how many names may be, for whoever asks; a name that is one already adds none
     */
    synchronized boolean admits(String name, int limit) {
        return names.contains(name) || names.size() < limit && names.add(name);
    }

    /** Returns the meters of a name, and has them made if there are none. */
    synchronized GroupMeters meters(String name, Function<String, GroupMeters> make) {
        WeakReference<GroupMeters> known = byName.get(name);
        @Nullable GroupMeters meters = known == null ? null : known.get();
        if (meters == null) {
            meters = make.apply(name);
            byName.put(name, new WeakReference<>(meters));
        }
        return meters;
    }
}
