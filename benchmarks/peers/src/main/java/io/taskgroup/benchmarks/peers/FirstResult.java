package io.taskgroup.benchmarks.peers;

import com.softwaremill.jox.structured.Race;
import io.taskgroup.TaskGroupFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** W6: a race of n tasks. All but the last one sleep, its result wins, the sleepers are interrupted, and all have ended. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FirstResult {
    @Param("10")
    public int n;

    private final TaskGroupFactory groups = TaskGroupFactory.create();
    private final TaskGroupFactory reusing =
            TaskGroupFactory.builder().reuseThreads().build();
    private final List<Callable<Integer>> tasks = new ArrayList<>();

    @Setup
    public void lineUp() {
        for (int i = 0; i < n; i++) {
            int index = i;
            tasks.add(() -> race(index));
        }
    }

    @TearDown
    public void close() {
        groups.close();
        reusing.close();
    }

    /** The task. */
    private Integer race(int index) throws InterruptedException {
        if (index < n - 1) {
            Thread.sleep(60_000);
        }
        return index;
    }

    @Benchmark
    public int taskGroup() throws InterruptedException {
        return groups.any("race", tasks);
    }

    @Benchmark
    public int taskGroupReusingThreads() throws InterruptedException {
        return reusing.any("race", tasks);
    }

    @Benchmark
    public int raw() {
        Thread owner = Thread.currentThread();
        AtomicReference<@Nullable Integer> winner = new AtomicReference<>();
        AtomicInteger unfinished = new AtomicInteger(n);
        List<Thread> threads = new ArrayList<>(n);
        for (Callable<Integer> task : tasks) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    winner.compareAndSet(null, task.call());
                } catch (Exception e) {
                    // it lost
                }
                unfinished.decrementAndGet();
                LockSupport.unpark(owner);
            }));
        }
        while (winner.get() == null && unfinished.get() > 0) {
            LockSupport.park(this);
        }
        threads.forEach(Thread::interrupt);
        while (unfinished.get() > 0) {
            LockSupport.park(this);
        }
        Integer result = winner.get();
        if (result == null) {
            throw new IllegalStateException("Nobody won");
        }
        return result;
    }

    @Benchmark
    public int structuredTaskScope() throws InterruptedException {
        try (var scope = StructuredTaskScope.open(Joiner.<Integer>anySuccessfulResultOrThrow())) {
            tasks.forEach(scope::fork);
            return scope.join();
        }
    }

    @Benchmark
    public int virtualThreadExecutor() throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            return executor.invokeAny(tasks);
        }
    }

    @Benchmark
    public int jox() throws InterruptedException {
        return Race.race(tasks);
    }
}
