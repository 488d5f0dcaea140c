package io.taskgroup.benchmarks;

import static io.taskgroup.benchmarks.Measured.OURS;
import static io.taskgroup.benchmarks.Measured.RAW;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Report report = new Report(new PrintStream(printed, true, StandardCharsets.UTF_8));
    private final Results results = new Measured()
            .with(OURS, 621_983, 212_000, 212_000, 212_000, 220_000, 230_000, 230_000, 900_000)
            .with(RAW, 404_072, 100_000)
            .results;

    @Test
    void eachGoalIsALineAndTheKeptLimitsAreCounted() {
        List<Verdict> verdicts = Stream.of(
                        Goal.ratio("G1", OURS, RAW, 1.10),
                        Goal.absolute("G1", OURS, Metric.ALLOCATION, 1420),
                        Goal.ratio("G9", OURS, OURS, 1.3))
                .map(goal -> goal.judge(results))
                .toList();

        report.goals(verdicts);

        assertThat(lines())
                .endsWith(
                        "| G1 | W1, n = 1,000, one carrier | taskGroup | 212 ns/task | raw | 2.12 | 1.10 | **missed** |",
                        "| G1 | W1, n = 1,000, one carrier | taskGroup | 622 B/task |  | 622 | 1,420 | met |",
                        "| G9 | W1, n = 1,000, one carrier | taskGroup | 212 ns/task | n = 1,000 | 1.00 | 1.30 | met |",
                        "",
                        "2 of 3 limits kept.");
    }

    @Test
    void theFieldIsSortedByWorkloadAndTime() {
        Subject alone = OURS.of(1).by("jox");
        results.measuring(alone).add(Measurement.TIME, 0.05);
        results.measuring(alone).add(Measurement.ALLOCATION, 12.34);

        report.field(results);

        assertThat(lines().skip(2))
                .containsExactly(
                        "| W1, n = 1, one carrier | jox | 0.050 ns/task |  | 12.3 B/task |",
                        "| W1, n = 1,000, one carrier | raw | 100 ns/task | x1.00 | 404 B/task |",
                        "| W1, n = 1,000, one carrier | taskGroup | 212 ns/task | x2.12 | 622 B/task |");
    }

    @Test
    void theNoiseIsThatOfTheMedianAndOfTheWorstBenchmark() {
        Measurement restless = results.measuring(OURS.by("jox"));
        for (double nanos : new double[] {100, 100, 100, 150, 200, 200, 200}) {
            restless.add(Measurement.TIME, nanos);
        }

        report.noise(results);

        assertThat(lines()).singleElement().asString().contains("lies 8 % above", "100 % in the worst");
    }

    private Stream<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines();
    }
}
