package io.taskgroup.benchmarks;

/** What is read from a measurement. */
enum Metric {
    /** Nanoseconds a task. */
    TIME(Measurement.TIME, "ns/task") {
        @Override
        double per(Subject subject) {
            return subject.tasks();
        }
    },
    /** Bytes allocated a task. */
    ALLOCATION(Measurement.ALLOCATION, "B/task") {
        @Override
        double per(Subject subject) {
            return subject.tasks();
        }
    },
    /** Bytes allocated a group. */
    GROUP_ALLOCATION(Measurement.ALLOCATION, "B/group"),
    /** Nanoseconds from a task's failure to the end of its group, at the tenth percentile. */
    TIME_TO_EXIT("nanosToExit", "ns"),
    /** Bytes of heap that a parked task holds. */
    HEAP("heapBytesPerTask", "B/task");

    private final String series;
    private final String unit;

    Metric(String series, String unit) {
        this.series = series;
        this.unit = unit;
    }

    String unit() {
        return unit;
    }

    /** Returns what the measured value is divided by. */
    double per(Subject subject) {
        return 1;
    }

    double of(Measurement measurement) {
        return measurement.value(series) / per(measurement.subject());
    }
}
