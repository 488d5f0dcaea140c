package io.taskgroup.demo.simulation;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How a supplier behaves. What a request leaves out is zero or off.
 *
 * @param delayMillis how long an answer takes
 * @param jitterMillis how much longer it may take, at random
 * @param failureRate how many of the answers are failures: 0 for none, 1 for all
 * @param hangs whether there is no answer at all
 */
record SupplierSwitches(
        @Min(0) @Max(10_000) int delayMillis,
        @Min(0) @Max(10_000) int jitterMillis,
        @DecimalMin("0") @DecimalMax("1") double failureRate,
        boolean hangs) {

    Duration nextDelay() {
        return Duration.ofMillis(delayMillis + ThreadLocalRandom.current().nextInt(jitterMillis + 1));
    }

    boolean nextFails() {
        return ThreadLocalRandom.current().nextDouble() < failureRate;
    }
}
