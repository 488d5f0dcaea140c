package io.taskgroup.benchmarks;

import static io.taskgroup.benchmarks.Goal.absolute;
import static io.taskgroup.benchmarks.Goal.ratio;

import java.util.List;

/** The goals of docs/performance.md. */
final class Goals {
    private static final String RAW = "raw";
    private static final String SCOPE = "structuredTaskScope";
    private static final String EXECUTOR = "virtualThreadExecutor";
    private static final String JOX = "jox";
    private static final String FORK_JOIN = "forkJoin";
    private static final String INVOKE_ALL = "invokeAll";
    private static final String OURS = "taskGroup";
    private static final String REUSING = "taskGroupReusingThreads";

    private Goals() {}

    static List<Goal> all() {
        return List.of(
                ratio("G1", trivial(1000), trivial(1000).by(RAW), 1.10),
                ratio("G1", trivial(1000), trivial(1000).by(SCOPE), 0.85),
                ratio("G1", trivial(1000), trivial(1000).by(EXECUTOR), 0.45),
                ratio("G1", trivial(1000), trivial(1000).by(JOX), 0.30),
                absolute("G1", trivial(1000), Metric.ALLOCATION, 420),
                ratio("G1", trivial(100_000), trivial(100_000).by(RAW), 1.10),
                ratio("G1", trivial(100_000), trivial(100_000).by(SCOPE), 0.85),
                ratio("G1", trivial(100_000), trivial(100_000).by(EXECUTOR), 0.45),
                ratio("G1", trivial(100_000), trivial(100_000).by(JOX), 0.30),
                absolute("G1", trivial(100_000), Metric.ALLOCATION, 420),
                ratio("G2", trivial(1), trivial(1).by(RAW), 1.25),
                absolute("G2", trivial(1), Metric.GROUP_ALLOCATION, 1000),
                ratio("G2", trivial(10), trivial(10).by(RAW), 1.10),
                ratio("G3", fromPlatformThread(1), fromPlatformThread(1).by(RAW), 0.10),
                ratio("G3", fromPlatformThread(10), fromPlatformThread(10).by(RAW), 0.30),
                ratio("G4", sleeping(), sleeping().by(RAW), 1.05),
                ratio("G4", nested(), nested().by(RAW), 1.15),
                ratio("G4", busy(), busy().by(RAW), 1.05),
                ratio("G4", race(), race().by(RAW), 1.10),
                ratio("G4", parked(), parked().by(RAW), 1.08),
                ratio("G5", failing(), failing().by(RAW), 1.10),
                ratio("G5", failing(), failing().by(SCOPE), 0.90),
                ratio("G6", pooled(1), pooled(1).by(INVOKE_ALL), 0.10),
                ratio("G6", pooled(10), pooled(10).by(INVOKE_ALL), 0.10),
                ratio("G6", pooled(1000), pooled(1000).by(INVOKE_ALL), 0.70),
                ratio("G6", pooledNested(), pooledNested().by(FORK_JOIN), 1.5),
                ratio("G7", trivial(1000).by(REUSING), trivial(1000).by(RAW), 0.20),
                absolute("G7", trivial(1000).by(REUSING), Metric.ALLOCATION, 64),
                ratio("G7", trivial(10).by(REUSING), trivial(10).by(RAW), 0.50),
                ratio("G7", nested().by(REUSING), nested().by(RAW), 0.70),
                ratio("G7", sleeping().by(REUSING), sleeping().by(RAW), 1.10),
                ratio("G8", metered("counted"), metered("plain"), 1.10),
                ratio("G8", metered("timed"), metered("plain"), 2.0),
                // It is to cost nothing; the limit leaves room for the noise of the measurement.
                ratio("G8", metered("nothingToCarry"), metered("plain"), 1.05),
                ratio("G9", trivial(100_000), trivial(1000), 1.3),
                ratio("G9", amongGroups(10_000), amongGroups(1), 1.3));
    }

    /** Limits for the build: far enough from the goals for a noisy machine, near enough to catch a fork that costs twice. */
    static List<Goal> guard() {
        return List.of(
                ratio("guard", trivial(1000), trivial(1000).by(RAW), 1.8),
                absolute("guard", trivial(1000), Metric.ALLOCATION, 440),
                ratio("guard", trivial(1000).by(REUSING), trivial(1000).by(RAW), 1.0));
    }

    private static Subject trivial(int n) {
        return new Subject(Workload.TRIVIAL_TASKS, OURS, n, Setting.ONE_CARRIER);
    }

    private static Subject fromPlatformThread(int n) {
        return new Subject(Workload.TRIVIAL_TASKS, OURS, n, Setting.PLATFORM_OWNER);
    }

    private static Subject sleeping() {
        return new Subject(Workload.SLEEPING_TASKS, OURS, 1000, Setting.ONE_CARRIER);
    }

    private static Subject nested() {
        return new Subject(Workload.NESTED_GROUPS, OURS, 10, Setting.ONE_CARRIER);
    }

    private static Subject busy() {
        return new Subject(Workload.BUSY_TASKS, OURS, 1000, Setting.ALL_CARRIERS);
    }

    private static Subject failing() {
        return new Subject(Workload.FAILING_TASK, OURS, 1000, Setting.ALL_CARRIERS);
    }

    private static Subject race() {
        return new Subject(Workload.FIRST_RESULT, OURS, 10, Setting.ONE_CARRIER);
    }

    private static Subject parked() {
        return new Subject(Workload.PARKED_TASKS, OURS, 1_000_000, Setting.WIDE_HEAP);
    }

    private static Subject pooled(int n) {
        return new Subject(Workload.POOLED_TASKS, OURS, n, Setting.JDK_17);
    }

    private static Subject pooledNested() {
        return new Subject(Workload.POOLED_NESTED_GROUPS, OURS, 10, Setting.JDK_17);
    }

    private static Subject metered(String meters) {
        return new Subject(Workload.METERED_TASKS, meters, 1000, Setting.ONE_CARRIER);
    }

    private static Subject amongGroups(int openGroups) {
        return new Subject(Workload.ONE_MORE_GROUP, OURS, openGroups, Setting.ONE_CARRIER);
    }
}
