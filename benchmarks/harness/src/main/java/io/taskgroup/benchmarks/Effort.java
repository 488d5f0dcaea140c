package io.taskgroup.benchmarks;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long everything is measured. Every benchmark has its turn in each round, in a JVM of its own, so that a noisy
 * minute of the machine meets all of them. Iterations are many and short: some are left alone even by a busy machine.
 *
 * @param rounds how many JVMs a benchmark gets
 * @param warmups how many iterations are thrown away
 * @param iterations how many iterations count
 * @param iterationMillis how long an iteration lasts, in milliseconds
 */
record Effort(int rounds, int warmups, int iterations, int iterationMillis) {
    static final Effort QUICK = new Effort(1, 60, 50, 20);
    static final Effort GUARD = new Effort(3, 75, 60, 20);
    static final Effort FULL = new Effort(3, 100, 100, 20);

    /** For a benchmark whose one run says it all. */
    private static final Effort ONCE = new Effort(1, 0, 1, 1);

    Effort in(Setting setting) {
        return setting == Setting.WIDE_HEAP ? ONCE : this;
    }

    ChainedOptionsBuilder applyTo(ChainedOptionsBuilder options) {
        TimeValue time = TimeValue.milliseconds(iterationMillis);
        return options.forks(1)
                .warmupIterations(warmups)
                .warmupTime(time)
                .measurementIterations(iterations)
                .measurementTime(time);
    }
}
