package io.taskgroup.benchmarks;

import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints tables in Markdown. */
final class Report {
    private static final String RAW = "raw";

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    /** Prints each goal with what was measured, and how many are met. */
    void goals(List<Verdict> verdicts) {
        row("goal", "workload", "who", "measured", "against", "is", "limit", "");
        row("---", "---", "---", "---:", "---", "---:", "---:", "---");
        for (Verdict verdict : verdicts) {
            Goal goal = verdict.goal();
            row(
                    goal.id(),
                    text(goal.subject()),
                    goal.subject().peer(),
                    number(verdict.value()) + " " + goal.metric().unit(),
                    goal.reference()
                            .map(reference -> against(goal.subject(), reference))
                            .orElse(""),
                    number(verdict.judged()),
                    number(goal.limit()),
                    verdict.isMet() ? "met" : "**missed**");
        }
        out.printf(
                "%n%d of %d limits kept.%n",
                verdicts.stream().filter(Verdict::isMet).count(), verdicts.size());
    }

    /** Prints what every peer took, the best first. */
    void field(Results results) {
        Map<String, List<Measurement>> workloads = results.all().stream()
                .sorted(Comparator.comparing(Measurement::subject, Report::inOrder))
                .collect(Collectors.groupingBy(
                        measurement -> text(measurement.subject()), LinkedHashMap::new, Collectors.toList()));
        row("workload", "who", "measured", "against raw", "allocated");
        row("---", "---", "---:", "---:", "---:");
        workloads.forEach((workload, peers) -> peers.stream()
                .sorted(Comparator.comparingDouble(Report::value))
                .forEach(peer -> row(
                        workload,
                        peer.subject().peer(),
                        number(value(peer)) + " "
                                + peer.subject().workload().metric().unit(),
                        againstRaw(peer, peers),
                        number(Metric.ALLOCATION.of(peer)) + " " + Metric.ALLOCATION.unit())));
    }

    /** Prints when and on what was measured, with the system's load average before and after. */
    void conditions(double loadBefore, double loadAfter) {
        out.printf(
                Locale.ROOT,
                "Measured on %s with JDK %s on %d CPUs, load average %.1f before and %.1f after.%s%n",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                loadBefore,
                loadAfter,
                Setting.JDK_17.javaHome().isPresent() ? "" : " No JDK 17 was found: its rows are of this JDK, too.");
    }

    /** Prints how far apart the iterations were. */
    void noise(Results results) {
        double[] spreads =
                results.all().stream().mapToDouble(Measurement::spread).sorted().toArray();
        out.printf(
                Locale.ROOT,
                "Noise: the upper quartile of the iterations lies %.0f %% above the lower one, which is what counts, in the "
                        + "median benchmark, and %.0f %% in the worst.%n",
                100 * spreads[spreads.length / 2],
                100 * spreads[spreads.length - 1]);
    }

    private static int inOrder(Subject one, Subject other) {
        return Comparator.comparing(Subject::workload)
                .thenComparing(Subject::setting)
                .thenComparingInt(Subject::n)
                .compare(one, other);
    }

    private static double value(Measurement measurement) {
        return measurement.subject().workload().metric().of(measurement);
    }

    private static String againstRaw(Measurement peer, List<Measurement> peers) {
        return peers.stream()
                .filter(other -> other.subject().peer().equals(RAW))
                .findAny()
                .map(raw -> "x" + number(value(peer) / value(raw)))
                .orElse("");
    }

    private static String text(Subject subject) {
        return String.format(
                Locale.ROOT,
                "%s, n = %,d, %s",
                subject.workload().label(),
                subject.n(),
                subject.setting().label());
    }

    private static String against(Subject subject, Subject reference) {
        return reference.peer().equals(subject.peer())
                ? String.format(Locale.ROOT, "n = %,d", reference.n())
                : reference.peer();
    }

    /** Returns the value with about three digits. */
    private static String number(double value) {
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : value >= 0.1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    private void row(String... cells) {
        out.println("| " + String.join(" | ", cells) + " |");
    }
}
