package io.taskgroup.demo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SupplierSwitchesTest {
    @RepeatedTest(20)
    void aDelayIsAtMostTheJitterLonger() {
        assertThat(new SupplierSwitches(100, 3, 0, false).nextDelay())
                .isBetween(Duration.ofMillis(100), Duration.ofMillis(103));
    }

    @Test
    void aDelayWithoutJitterIsExact() {
        assertThat(new SupplierSwitches(100, 0, 0, false).nextDelay()).isEqualTo(Duration.ofMillis(100));
    }

    @RepeatedTest(20)
    void aFailureRateOfZeroNeverFailsAndOneAlways() {
        assertThat(new SupplierSwitches(0, 0, 0, false).nextFails()).isFalse();
        assertThat(new SupplierSwitches(0, 0, 1, false).nextFails()).isTrue();
    }
}
