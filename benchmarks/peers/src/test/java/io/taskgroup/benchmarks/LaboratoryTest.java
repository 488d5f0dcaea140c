package io.taskgroup.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaboratoryTest {
    private static final Effort LITTLE = new Effort(2, 0, 1, 10);

    @TempDir
    Path reports;

    @Test
    void everyMetricIsMeasuredOnceARound() {
        Subject trivial = new Subject(Workload.TRIVIAL_TASKS, "raw", 1000, Setting.ONE_CARRIER);
        Subject failing = new Subject(Workload.FAILING_TASK, "raw", 10, Setting.ALL_CARRIERS);
        Subject parked = new Subject(Workload.PARKED_TASKS, "raw", 1000, Setting.WIDE_HEAP);

        Results results =
                new Laboratory(reports, LITTLE).measure(List.of(trivial, trivial.by("taskGroup"), failing, parked));

        assertThat(results.all())
                .extracting(Measurement::subject)
                .containsExactlyInAnyOrder(trivial, trivial.by("taskGroup"), failing, parked);
        assertThat(Metric.TIME.of(results.of(trivial))).isBetween(10.0, 1e9);
        assertThat(Metric.ALLOCATION.of(results.of(trivial))).isBetween(100.0, 1e5);
        assertThat(Metric.TIME_TO_EXIT.of(results.of(failing))).isBetween(1e3, 1e9);
        assertThat(Metric.HEAP.of(results.of(parked))).isBetween(100.0, 1e5);
        assertThat(reports).isDirectoryContaining("glob:**/TRIVIAL_TASKS-1000-ONE_CARRIER-round-2.txt");
    }

    @Test
    void aBenchmarkThatDoesNotExistIsAnError() {
        Subject unknown = new Subject(Workload.TRIVIAL_TASKS, "nobody", 1, Setting.ONE_CARRIER);

        assertThatIllegalStateException()
                .isThrownBy(() -> new Laboratory(reports, LITTLE).measure(List.of(unknown)))
                .withMessageContaining("TRIVIAL_TASKS-1-ONE_CARRIER-round-1.txt");
    }
}
