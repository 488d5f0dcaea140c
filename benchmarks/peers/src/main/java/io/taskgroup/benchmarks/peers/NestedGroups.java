package io.taskgroup.benchmarks.peers;

import com.softwaremill.jox.structured.Fork;
import com.softwaremill.jox.structured.Scopes;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** W3: groups in groups, three deep. Each task of the two outer levels opens a group of n tasks and adds up their results. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NestedGroups {
    private static final int DEPTH = 3;

    @Param("10")
    public int n;

    private final TaskGroupFactory groups = TaskGroupFactory.create();
    private final TaskGroupFactory reusing =
            TaskGroupFactory.builder().reuseThreads().build();

    @TearDown
    public void close() {
        groups.close();
        reusing.close();
    }

    @Benchmark
    public int taskGroup() throws InterruptedException {
        return taskGroup(groups, DEPTH);
    }

    @Benchmark
    public int taskGroupReusingThreads() throws InterruptedException {
        return taskGroup(reusing, DEPTH);
    }

    private int taskGroup(TaskGroupFactory factory, int depth) throws InterruptedException {
        if (depth == 0) {
            return 1;
        }
        return factory.call("nested", group -> {
            List<Task<Integer>> tasks = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                tasks.add(group.fork(() -> taskGroup(factory, depth - 1)));
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
    public int raw() {
        return raw(DEPTH);
    }

    private int raw(int depth) {
        if (depth == 0) {
            return 1;
        }
        Thread owner = Thread.currentThread();
        AtomicInteger unfinished = new AtomicInteger(n);
        Integer[] results = new Integer[n];
        for (int i = 0; i < n; i++) {
            int index = i;
            Thread.ofVirtual().start(() -> {
                results[index] = raw(depth - 1);
                if (unfinished.decrementAndGet() == 0) {
                    LockSupport.unpark(owner);
                }
            });
        }
        while (unfinished.get() > 0) {
            LockSupport.park(this);
        }
        int sum = 0;
        for (Integer result : results) {
            sum += result;
        }
        return sum;
    }

    @Benchmark
    public int structuredTaskScope() throws InterruptedException {
        return structuredTaskScope(DEPTH);
    }

    private int structuredTaskScope(int depth) throws InterruptedException {
        if (depth == 0) {
            return 1;
        }
        try (var scope = StructuredTaskScope.open()) {
            List<Subtask<Integer>> subtasks = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                subtasks.add(scope.fork(() -> structuredTaskScope(depth - 1)));
            }
            scope.join();
            int sum = 0;
            for (Subtask<Integer> subtask : subtasks) {
                sum += subtask.get();
            }
            return sum;
        }
    }

    @Benchmark
    public int virtualThreadExecutor() throws Exception {
        return virtualThreadExecutor(DEPTH);
    }

    private int virtualThreadExecutor(int depth) throws Exception {
        if (depth == 0) {
            return 1;
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> callables = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                callables.add(() -> virtualThreadExecutor(depth - 1));
            }
            int sum = 0;
            for (Future<Integer> future : executor.invokeAll(callables)) {
                sum += future.get();
            }
            return sum;
        }
    }

    @Benchmark
    public int jox() throws InterruptedException {
        return jox(DEPTH);
    }

    private int jox(int depth) throws InterruptedException {
        if (depth == 0) {
            return 1;
        }
        return Scopes.supervised(scope -> {
            List<Fork<Integer>> forks = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                forks.add(scope.fork(() -> jox(depth - 1)));
            }
            int sum = 0;
            for (Fork<Integer> fork : forks) {
                sum += fork.join();
            }
            return sum;
        });
    }

    /** From a platform thread of the pool, as fork-join is meant to be used. */
    @Benchmark
    public int forkJoin() {
        return ForkJoinPool.commonPool().submit(() -> forkJoin(DEPTH)).join();
    }

    private int forkJoin(int depth) {
        if (depth == 0) {
            return 1;
        }
        List<ForkJoinTask<Integer>> tasks = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            tasks.add(ForkJoinTask.adapt(() -> forkJoin(depth - 1)));
        }
        int sum = 0;
        for (ForkJoinTask<Integer> task : ForkJoinTask.invokeAll(tasks)) {
            sum += task.join();
        }
        return sum;
    }
}
