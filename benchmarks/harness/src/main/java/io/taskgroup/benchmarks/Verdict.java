package io.taskgroup.benchmarks;

/**
 * A goal, and how near it is.
 *
 * @param goal what was to be reached
 * @param value what was measured, in the unit of the goal's metric
 * @param judged what the goal's limit applies to: the ratio, or the value where there is no reference
 */
record Verdict(Goal goal, double value, double judged) {
    boolean isMet() {
        return judged <= goal.limit();
    }
}
