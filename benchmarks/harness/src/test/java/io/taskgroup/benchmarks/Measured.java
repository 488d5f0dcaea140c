package io.taskgroup.benchmarks;

/** Results that a test makes up. */
final class Measured {
    static final Subject OURS = new Subject(Workload.TRIVIAL_TASKS, "taskGroup", 1000, Setting.ONE_CARRIER);
    static final Subject RAW = OURS.by("raw");

    final Results results = new Results();

    /** Adds the time and the allocation of one run of the workload, once for each iteration. */
    Measured with(Subject subject, double bytes, double... nanos) {
        Measurement measurement = results.measuring(subject);
        for (double each : nanos) {
            measurement.add(Measurement.TIME, each);
            measurement.add(Measurement.ALLOCATION, bytes);
        }
        return this;
    }
}
