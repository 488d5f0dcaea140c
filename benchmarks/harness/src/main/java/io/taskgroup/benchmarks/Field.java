package io.taskgroup.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/** Everything that can be measured: each workload by each peer that has a way to do it. */
final class Field {
    private Field() {}

    static List<Subject> all() {
        String virtualThreads = "raw structuredTaskScope virtualThreadExecutor jox taskGroup";
        String everybody =
                virtualThreads + " taskGroupReusingThreads completableFuture kotlin forkJoin fixedPool guava";
        return Stream.of(
                        peers(Workload.TRIVIAL_TASKS, 1, Setting.ONE_CARRIER, everybody),
                        peers(Workload.TRIVIAL_TASKS, 10, Setting.ONE_CARRIER, everybody),
                        peers(Workload.TRIVIAL_TASKS, 1000, Setting.ONE_CARRIER, everybody),
                        peers(Workload.TRIVIAL_TASKS, 100_000, Setting.ONE_CARRIER, everybody),
                        peers(Workload.TRIVIAL_TASKS, 1, Setting.PLATFORM_OWNER, everybody),
                        peers(Workload.TRIVIAL_TASKS, 10, Setting.PLATFORM_OWNER, everybody),
                        peers(
                                Workload.SLEEPING_TASKS,
                                1000,
                                Setting.ONE_CARRIER,
                                virtualThreads + " taskGroupReusingThreads completableFuture"),
                        peers(
                                Workload.NESTED_GROUPS,
                                10,
                                Setting.ONE_CARRIER,
                                virtualThreads + " taskGroupReusingThreads forkJoin"),
                        peers(Workload.BUSY_TASKS, 1000, Setting.ALL_CARRIERS, everybody),
                        peers(Workload.FAILING_TASK, 1000, Setting.ALL_CARRIERS, virtualThreads),
                        peers(
                                Workload.FIRST_RESULT,
                                10,
                                Setting.ONE_CARRIER,
                                virtualThreads + " taskGroupReusingThreads"),
                        peers(Workload.PARKED_TASKS, 1_000_000, Setting.WIDE_HEAP, virtualThreads),
                        Stream.of(1, 10, 1000)
                                .flatMap(n -> peers(
                                        Workload.POOLED_TASKS,
                                        n,
                                        Setting.JDK_17,
                                        "taskGroup invokeAll invokeAllOnCachedPool completableFuture forkJoin")),
                        peers(Workload.POOLED_NESTED_GROUPS, 10, Setting.JDK_17, "taskGroup forkJoin"),
                        peers(Workload.METERED_TASKS, 1000, Setting.ONE_CARRIER, "plain counted timed nothingToCarry"),
                        peers(Workload.ONE_MORE_GROUP, 1, Setting.ONE_CARRIER, "taskGroup"),
                        peers(Workload.ONE_MORE_GROUP, 10_000, Setting.ONE_CARRIER, "taskGroup"))
                .flatMap(subjects -> subjects)
                .toList();
    }

    private static Stream<Subject> peers(Workload workload, int n, Setting setting, String peers) {
        return Stream.of(peers.split(" ")).map(peer -> new Subject(workload, peer, n, setting));
    }
}
