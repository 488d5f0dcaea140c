package io.taskgroup.demo.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** Reads the starter's meters. The streams' own groups are left out. */
@Component
class LiveCounters {
    private final MeterRegistry meters;
    private final LiveClock clock;

    LiveCounters(MeterRegistry meters, LiveClock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    LiveEvent.Counters read() {
        return new LiveEvent.Counters(
                clock.micros(),
                now("taskgroup.groups.active"),
                now("taskgroup.tasks.active"),
                ended("success"),
                ended("failure"),
                ended("cancelled"));
    }

    private long now(String gauge) {
        Collection<Gauge> gauges = meters.find(gauge).gauges();
        return (long) gauges.stream()
                .filter(LiveCounters::isShown)
                .mapToDouble(Gauge::value)
                .sum();
    }

    private long ended(String outcome) {
        Collection<Timer> timers =
                meters.find("taskgroup.tasks").tag("outcome", outcome).timers();
        return timers.stream()
                .filter(LiveCounters::isShown)
                .mapToLong(Timer::count)
                .sum();
    }

    private static boolean isShown(Meter meter) {
        return !LiveStreams.GROUP.equals(meter.getId().getTag("group"));
    }
}
