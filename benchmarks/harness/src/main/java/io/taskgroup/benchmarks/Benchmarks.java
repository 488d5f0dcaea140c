package io.taskgroup.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.Main;

/** Measures, and prints how far the goals are reached. The first argument says what to measure. */
public final class Benchmarks {
    private static final Path REPORTS = Path.of("benchmarks", "target", "reports");

    private Benchmarks() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "quick" -> measure(Goals.all(), List.of(), Effort.QUICK);
            case "full" -> measure(Goals.all(), Field.all(), Effort.FULL);
            case "guard" -> System.exit(measure(Goals.guard(), List.of(), Effort.GUARD) ? 0 : 1);
            case "jmh" -> jmh(Arrays.copyOfRange(arguments, 1, arguments.length));
            default -> {
                System.err.println("Say what to run: quick, full, guard, or jmh with its options.");
                System.exit(2);
            }
        }
    }

    /** Prints the goals, and the field if it was measured. Returns whether all goals are met. */
    private static boolean measure(List<Goal> goals, List<Subject> field, Effort effort) {
        double loadBefore = load();
        Stream<Subject> judged = goals.stream().flatMap(Goal::subjects);
        Results results = new Laboratory(REPORTS, effort)
                .measure(Stream.concat(judged, field.stream()).distinct().toList());
        List<Verdict> verdicts = goals.stream().map(goal -> goal.judge(results)).toList();
        Report report = new Report(System.out);
        report.conditions(loadBefore, load());
        report.noise(results);
        System.out.println();
        report.goals(verdicts);
        if (!field.isEmpty()) {
            System.out.println();
            report.field(results);
        }
        return verdicts.stream().allMatch(Verdict::isMet);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void jmh(String[] options) throws IOException {
        String jvmArguments = String.join(" ", Setting.ONE_CARRIER.jvmArguments());
        Main.main(Stream.concat(Stream.of("-prof", "gc", "-jvmArgs", jvmArguments), Stream.of(options))
                .toArray(String[]::new));
    }
}
