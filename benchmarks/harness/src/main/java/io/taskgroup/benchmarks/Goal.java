package io.taskgroup.benchmarks;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A limit that a measured value must keep.
 *
 * @param id the goal's number in docs/performance.md
 * @param subject whose value it is
 * @param metric what is read of it
 * @param reference whose value it is divided by; empty if the limit is absolute
 * @param limit the greatest value that meets the goal
 */
record Goal(String id, Subject subject, Metric metric, Optional<Subject> reference, double limit) {
    /** Returns a goal for what the workload is compared by, against another subject's. */
    static Goal ratio(String id, Subject subject, Subject reference, double limit) {
        return new Goal(id, subject, subject.workload().metric(), Optional.of(reference), limit);
    }

    /** Returns a goal for the value itself. */
    static Goal absolute(String id, Subject subject, Metric metric, double limit) {
        return new Goal(id, subject, metric, Optional.empty(), limit);
    }

    Stream<Subject> subjects() {
        return Stream.concat(Stream.of(subject), reference.stream());
    }

    Verdict judge(Results results) {
        double value = metric.of(results.of(subject));
        double divisor = reference.map(results::of).map(metric::of).orElse(1.0);
        return new Verdict(this, value, value / divisor);
    }
}
