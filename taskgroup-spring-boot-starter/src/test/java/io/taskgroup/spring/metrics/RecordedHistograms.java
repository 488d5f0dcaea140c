package io.taskgroup.spring.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.util.ArrayList;
import java.util.List;

/** The names of the meters that ask for a histogram. */
final class RecordedHistograms implements MeterFilter {
    final List<String> published = new ArrayList<>();

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        if (Boolean.TRUE.equals(config.isPercentileHistogram())) {
            published.add(id.getName());
        }
        return config;
    }
}
