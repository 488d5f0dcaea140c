package io.taskgroup.benchmarks.pools;

import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** W1 on two platform threads: n tasks that do next to nothing. The owner adds up their results. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PooledTasks {
    private static final int THREADS = 2;

    @Param({"1", "10", "1000"})
    public int n;

    private final ExecutorService fixedPool = Executors.newFixedThreadPool(THREADS);
    private final ExecutorService cachedPool = Executors.newCachedThreadPool();
    private final ForkJoinPool forkJoinPool = new ForkJoinPool(THREADS);
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().executor(fixedPool).build();

    @TearDown
    public void close() {
        groups.close();
        fixedPool.shutdown();
        cachedPool.shutdown();
        forkJoinPool.shutdown();
    }

    @Benchmark
    public int taskGroup() throws InterruptedException {
        return groups.call("numbers", group -> {
            List<Task<Integer>> tasks = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                int index = i;
                tasks.add(group.fork(() -> number(index)));
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
    public int invokeAll() throws Exception {
        return invokeAll(fixedPool);
    }

    @Benchmark
    public int invokeAllOnCachedPool() throws Exception {
        return invokeAll(cachedPool);
    }

    private int invokeAll(ExecutorService executor) throws Exception {
        List<Callable<Integer>> callables = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            int index = i;
            callables.add(() -> number(index));
        }
        int sum = 0;
        for (Future<Integer> future : executor.invokeAll(callables)) {
            sum += future.get();
        }
        return sum;
    }

    @Benchmark
    public int completableFuture() {
        List<CompletableFuture<Integer>> futures = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            int index = i;
            futures.add(CompletableFuture.supplyAsync(() -> number(index), fixedPool));
        }
        CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new)).join();
        int sum = 0;
        for (CompletableFuture<Integer> future : futures) {
            sum += future.join();
        }
        return sum;
    }

    @Benchmark
    public int forkJoin() throws Exception {
        return forkJoinPool
                .submit(() -> {
                    List<ForkJoinTask<Integer>> tasks = new ArrayList<>(n);
                    for (int i = 0; i < n; i++) {
                        int index = i;
                        tasks.add(ForkJoinTask.adapt(() -> number(index)));
                    }
                    int sum = 0;
                    for (ForkJoinTask<Integer> task : ForkJoinTask.invokeAll(tasks)) {
                        sum += task.join();
                    }
                    return sum;
                })
                .get();
    }

    /** The task: a number small enough to be boxed without a new object. */
    private static Integer number(int index) {
        return index & 127;
    }
}
