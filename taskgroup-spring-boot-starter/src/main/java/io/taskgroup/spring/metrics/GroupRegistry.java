package io.taskgroup.spring.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.function.Supplier;

/**
 * Registers the meters of one group name.
 *
 * @param registry where they are registered
 * @param groupName what the tag {@code group} says
 * @param histogram whether timers publish histograms
 */
record GroupRegistry(MeterRegistry registry, String groupName, boolean histogram) {
    private List<Tag> group() {
        return List.of(Tag.of("group", groupName));
    }

    Timer timer(String name, String description, Tag... tags) {
        return Timer.builder(name)
                .description(description)
                .tags(group())
                .tags(List.of(tags))
                .publishPercentileHistogram(histogram)
                .register(registry);
    }

    Counter counter(String name, String unit, String description, Tag... tags) {
        return Counter.builder(name)
                .description(description)
                .baseUnit(unit)
                .tags(group())
                .tags(List.of(tags))
                .register(registry);
    }

    /** The registry holds what is shown: contexts come and go, and a gauge stays. */
    void gauge(String name, String unit, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .baseUnit(unit)
                .tags(group())
                .register(registry);
    }
}
