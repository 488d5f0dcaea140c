package io.taskgroup.benchmarks.peers;

import com.softwaremill.jox.structured.JoxScopeExecutionException;
import com.softwaremill.jox.structured.Scopes;
import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.StructuredTaskScope;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * W5: of n tasks all sleep but the last one, which fails after the others have had time to begin. They are interrupted,
 * and all have ended. What counts is the time from the failure to the end of the group, see {@link ExitTimes}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FailingTask {
    @Param("1000")
    public int n;

    private final TaskGroupFactory groups = TaskGroupFactory.create();

    private volatile long failedAt;

    @TearDown
    public void close() {
        groups.close();
    }

    /** The task. */
    private Integer sleepOrFail(int index) throws InterruptedException {
        if (index < n - 1) {
            Thread.sleep(60_000);
            return index;
        }
        Thread.sleep(5);
        failedAt = System.nanoTime();
        throw new IllegalArgumentException("the last one fails");
    }

    private Throwable exited(ExitTimes times, @Nullable Throwable failure) {
        times.exitedAfter(failedAt);
        if (failure == null) {
            throw new IllegalStateException("No task failed");
        }
        return failure;
    }

    @Benchmark
    public Throwable taskGroup(ExitTimes times) throws InterruptedException {
        try {
            groups.run("failing", group -> {
                for (int i = 0; i < n; i++) {
                    int index = i;
                    group.fork(() -> sleepOrFail(index));
                }
                group.join();
            });
        } catch (TaskGroupException failure) {
            return exited(times, failure);
        }
        return exited(times, null);
    }

    @Benchmark
    public Throwable raw(ExitTimes times) {
        Thread owner = Thread.currentThread();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        AtomicInteger unfinished = new AtomicInteger(n);
        List<Thread> threads = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            int index = i;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    sleepOrFail(index);
                } catch (Exception e) {
                    if (failure.compareAndSet(null, e)) {
                        LockSupport.unpark(owner);
                    }
                }
                if (unfinished.decrementAndGet() == 0) {
                    LockSupport.unpark(owner);
                }
            }));
        }
        while (failure.get() == null && unfinished.get() > 0) {
            LockSupport.park(this);
        }
        threads.forEach(Thread::interrupt);
        while (unfinished.get() > 0) {
            LockSupport.park(this);
        }
        return exited(times, failure.get());
    }

    @Benchmark
    public Throwable structuredTaskScope(ExitTimes times) throws InterruptedException {
        try (var scope = StructuredTaskScope.open()) {
            for (int i = 0; i < n; i++) {
                int index = i;
                scope.fork(() -> sleepOrFail(index));
            }
            scope.join();
        } catch (StructuredTaskScope.FailedException failure) {
            return exited(times, failure);
        }
        return exited(times, null);
    }

    @Benchmark
    public Throwable virtualThreadExecutor(ExitTimes times) throws InterruptedException {
        Throwable thrown = null;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletionService<Integer> completion = new ExecutorCompletionService<>(executor);
            for (int i = 0; i < n; i++) {
                int index = i;
                completion.submit(() -> sleepOrFail(index));
            }
            try {
                for (int i = 0; i < n; i++) {
                    completion.take().get();
                }
            } catch (ExecutionException failure) {
                thrown = failure;
                executor.shutdownNow();
            }
        }
        return exited(times, thrown);
    }

    @Benchmark
    public Throwable jox(ExitTimes times) throws InterruptedException {
        try {
            Scopes.supervised(scope -> {
                for (int i = 0; i < n; i++) {
                    int index = i;
                    scope.forkUser(() -> sleepOrFail(index));
                }
                return null;
            });
        } catch (JoxScopeExecutionException failure) {
            return exited(times, failure);
        }
        return exited(times, null);
    }
}
