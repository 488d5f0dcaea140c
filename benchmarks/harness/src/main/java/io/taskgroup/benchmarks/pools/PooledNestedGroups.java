package io.taskgroup.benchmarks.pools;

import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** W3 on two platform threads: groups in groups, three deep. Nested {@code invokeAll}s deadlock there. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PooledNestedGroups {
    private static final int THREADS = 2;
    private static final int DEPTH = 3;

    @Param("10")
    public int n;

    private final ExecutorService fixedPool = Executors.newFixedThreadPool(THREADS);
    private final ForkJoinPool forkJoinPool = new ForkJoinPool(THREADS);
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().executor(fixedPool).build();

    @TearDown
    public void close() {
        groups.close();
        fixedPool.shutdown();
        forkJoinPool.shutdown();
    }

    @Benchmark
    public int taskGroup() throws InterruptedException {
        return inGroups(DEPTH);
    }

    private int inGroups(int depth) throws InterruptedException {
        if (depth == 0) {
            return 1;
        }
        return groups.call("nested", group -> {
            List<Task<Integer>> tasks = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                tasks.add(group.fork(() -> inGroups(depth - 1)));
            }
            group.join();
            int sum = 0;
            for (Task<Integer> task : tasks) {
                sum += task.result();
            }
            return sum;
        });
    }

    @Benchmark
    public int forkJoin() {
        return forkJoinPool.invoke(new Nested(DEPTH));
    }

    private final class Nested extends RecursiveTask<Integer> {
        private static final long serialVersionUID = 1L;

        private final int depth;

        Nested(int depth) {
            this.depth = depth;
        }

        @Override
        protected Integer compute() {
            if (depth == 0) {
                return 1;
            }
            List<Nested> tasks = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                tasks.add(new Nested(depth - 1));
            }
            int sum = 0;
            for (ForkJoinTask<Integer> task : ForkJoinTask.invokeAll(tasks)) {
                sum += task.join();
            }
            return sum;
        }
    }
}
