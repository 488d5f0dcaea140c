package io.taskgroup.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was measured. */
final class Results {
    private final Map<Subject, Measurement> bySubject = new LinkedHashMap<>();

    /** Returns the subject's measurement, to be added to. */
    Measurement measuring(Subject subject) {
        return bySubject.computeIfAbsent(subject, Measurement::new);
    }

    Measurement of(Subject subject) {
        Measurement measurement = bySubject.get(subject);
        if (measurement == null) {
            throw new IllegalStateException("Not measured: " + subject);
        }
        return measurement;
    }

    Collection<Measurement> all() {
        return bySubject.values();
    }
}
