package io.taskgroup.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeasurementTest {
    private final Measurement measurement = new Measurement(Measured.OURS);

    @Test
    void theLowerQuartileCountsSoAFewDisturbedIterationsDoNot() {
        for (double nanos : new double[] {900, 100, 101, 5000, 102, 103, 104}) {
            measurement.add(Measurement.TIME, nanos);
        }
        assertThat(measurement.value(Measurement.TIME)).isEqualTo(101);
    }

    @Test
    void theSpreadIsTheDistanceOfTheQuartiles() {
        for (double nanos : new double[] {100, 100, 110, 120, 120, 120, 120}) {
            measurement.add(Measurement.TIME, nanos);
        }
        assertThat(measurement.spread()).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void aSeriesThatNobodyMeasuredIsNamedWithItsSubject() {
        measurement.add(Measurement.TIME, 1);
        assertThatIllegalStateException()
                .isThrownBy(() -> measurement.value("nanosToExit"))
                .withMessageContaining("'nanosToExit'")
                .withMessageContaining("taskGroup")
                .withMessageContaining("[time]");
    }
}
