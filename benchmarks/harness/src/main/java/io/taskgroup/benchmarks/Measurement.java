package io.taskgroup.benchmarks;

import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.util.ListStatistics;

/** What the iterations of one benchmark gave, over all rounds. */
final class Measurement {
    /** Nanoseconds of one run of the workload. */
    static final String TIME = "time";

    /** Bytes allocated by one run of the workload. */
    static final String ALLOCATION = "gc.alloc.rate.norm";

    private static final double LOWER_QUARTILE = 25;
    private static final double UPPER_QUARTILE = 75;

    private final Subject subject;
    private final Map<String, ListStatistics> values = new HashMap<>();

    Measurement(Subject subject) {
        this.subject = subject;
    }

    Subject subject() {
        return subject;
    }

    /** Adds the score of an iteration, or the lower quartile of its runs if each was timed; and what else was measured. */
    void add(IterationResult iteration) {
        add(TIME, iteration.getPrimaryResult().getStatistics().getPercentile(LOWER_QUARTILE));
        iteration.getSecondaryResults().forEach((label, result) -> add(label, result.getScore()));
    }

    void add(String series, double value) {
        values.computeIfAbsent(series, unused -> new ListStatistics()).addValue(value);
    }

    /** Returns the lower quartile of the iterations: what disturbs a machine only ever adds time. */
    double value(String series) {
        return statistics(series).getPercentile(LOWER_QUARTILE);
    }

    /** Returns how far apart the quartiles of the times are, as a fraction of the lower one. */
    double spread() {
        return statistics(TIME).getPercentile(UPPER_QUARTILE) / value(TIME) - 1;
    }

    private ListStatistics statistics(String series) {
        ListStatistics statistics = values.get(series);
        if (statistics == null) {
            throw new IllegalStateException(
                    "Nothing measured '" + series + "' of " + subject + ", only " + values.keySet());
        }
        return statistics;
    }
}
