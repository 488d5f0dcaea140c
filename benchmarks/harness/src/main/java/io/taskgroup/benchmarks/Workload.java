package io.taskgroup.benchmarks;

import org.openjdk.jmh.annotations.Mode;

/** What is measured: a class of benchmarks, whose methods do the same work, each in the way of one peer. */
enum Workload {
    /** W1: n tasks that do next to nothing. */
    TRIVIAL_TASKS("W1", "peers.TrivialTasks"),
    /** W2: n tasks that sleep for a millisecond. */
    SLEEPING_TASKS("W2", "peers.SleepingTasks"),
    /** W3: groups in groups, three deep, n tasks each. */
    NESTED_GROUPS("W3", "peers.NestedGroups") {
        @Override
        int tasks(int n) {
            return n * (1 + n * (1 + n));
        }
    },
    /** W4: n tasks that compute for 20 microseconds. */
    BUSY_TASKS("W4", "peers.BusyTasks"),
    /** W5: one of n tasks fails while the others sleep. */
    FAILING_TASK("W5", "peers.FailingTask") {
        @Override
        Metric metric() {
            return Metric.TIME_TO_EXIT;
        }
    },
    /** W6: n tasks race, the first result wins. */
    FIRST_RESULT("W6", "peers.FirstResult"),
    /** W7: n tasks are parked. */
    PARKED_TASKS("W7", "peers.ParkedTasks") {
        @Override
        Metric metric() {
            return Metric.HEAP;
        }

        @Override
        Mode mode(int n) {
            return Mode.SingleShotTime;
        }
    },

    /** W1 on a fixed pool of two threads. */
    POOLED_TASKS("W1", "pools.PooledTasks"),
    /** W3 on a fixed pool of two threads. */
    POOLED_NESTED_GROUPS("W3", "pools.PooledNestedGroups") {
        @Override
        int tasks(int n) {
            return NESTED_GROUPS.tasks(n);
        }
    },

    /** A group is opened among n that are open. */
    ONE_MORE_GROUP("one more group", "peers.OneMoreGroup") {
        @Override
        int tasks(int n) {
            return 1;
        }
    },
    /** W1 with the meters and the context carriers of the Spring Boot starter. */
    METERED_TASKS("W1 in Spring", "spring.MeteredTasks");

    /** Reading the clock costs nothing beside the run of so many tasks. */
    private static final int ENOUGH_TASKS_TO_TIME = 1000;

    private final String label;
    private final String benchmarks;

    Workload(String label, String benchmarks) {
        this.label = label;
        this.benchmarks = benchmarks;
    }

    /** Returns the short name that docs/performance.md gives it. */
    String label() {
        return label;
    }

    /** Returns the name of the class whose methods are the benchmarks. */
    String className() {
        return Workload.class.getPackageName() + "." + benchmarks;
    }

    /** Returns what peers are compared by. */
    Metric metric() {
        return Metric.TIME;
    }

    /**
     * Returns what JMH takes down. Where the clock allows it, every run of the workload is timed by itself: then those that
     * the machine interrupted can be told from the others, however busy it is.
     */
    Mode mode(int n) {
        return tasks(n) >= ENOUGH_TASKS_TO_TIME ? Mode.SampleTime : Mode.AverageTime;
    }

    /** Returns how many tasks one run of the workload forks. */
    int tasks(int n) {
        return n;
    }
}
