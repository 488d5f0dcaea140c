package io.taskgroup.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Measures benchmarks with JMH, whose own reports go to files. */
final class Laboratory {
    private final Path reports;
    private final Effort effort;
    private final Results results = new Results();

    Laboratory(Path reports, Effort effort) {
        this.reports = reports;
        this.effort = effort;
    }

    /** Measures all of them, and returns what was measured. */
    Results measure(Collection<Subject> subjects) {
        Map<Batch, List<Subject>> batches =
                subjects.stream().collect(Collectors.groupingBy(Batch::of, LinkedHashMap::new, Collectors.toList()));
        for (int round = 1; round <= effort.rounds(); round++) {
            for (Map.Entry<Batch, List<Subject>> batch : batches.entrySet()) {
                if (round <= effort.in(batch.getKey().setting()).rounds()) {
                    run(batch.getKey(), batch.getValue(), round);
                }
            }
        }
        return results;
    }

    private void run(Batch batch, List<Subject> subjects, int round) {
        String peers = subjects.stream().map(Subject::peer).collect(Collectors.joining("|"));
        Path report = reports.resolve(batch + "-round-" + round + ".txt");
        System.err.printf("round %d  %s  %s%n", round, batch, peers);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + batch.workload().className().replace(".", "\\.") + "\\.(" + peers + ")$")
                .param("n", String.valueOf(batch.n()))
                .mode(batch.workload().mode(batch.n()))
                .jvmArgs(batch.setting().jvmArguments())
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .output(created(report).toString());
        batch.setting().javaHome().ifPresent(home -> options.jvm(home + "/bin/java"));
        for (RunResult result : run(effort.in(batch.setting()).applyTo(options).build(), report)) {
            add(batch, result);
        }
    }

    private static Collection<RunResult> run(Options options, Path report) {
        try {
            return new Runner(options).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("A benchmark failed: " + e.getMessage() + " See " + report, e);
        }
    }

    private void add(Batch batch, RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        Subject subject = batch.subject(benchmark.substring(benchmark.lastIndexOf('.') + 1));
        Measurement measurement = results.measuring(subject);
        result.getBenchmarkResults().forEach(fork -> fork.getIterationResults().forEach(measurement::add));
    }

    private static Path created(Path report) {
        try {
            Files.createDirectories(report.getParent());
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The peers that are measured right after each other. */
    private record Batch(Workload workload, int n, Setting setting) {
        static Batch of(Subject subject) {
            return new Batch(subject.workload(), subject.n(), subject.setting());
        }

        Subject subject(String peer) {
            return new Subject(workload, peer, n, setting);
        }

        @Override
        public String toString() {
            return workload + "-" + n + "-" + setting;
        }
    }
}
