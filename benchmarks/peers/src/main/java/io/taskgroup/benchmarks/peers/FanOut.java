package io.taskgroup.benchmarks.peers;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import com.softwaremill.jox.structured.Fork;
import com.softwaremill.jox.structured.Scopes;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.Deferred;
import kotlinx.coroutines.Dispatchers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A group of n tasks, whose results the owner adds up, in the way of every peer. What a task does is the subclass's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class FanOut {
    /** How many tasks there are. */
    @Param("1000")
    public int n;

    private final TaskGroupFactory groups = TaskGroupFactory.create();
    private final TaskGroupFactory reusing =
            TaskGroupFactory.builder().reuseThreads().build();
    private final ExecutorService fixedPool =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    private final ListeningExecutorService listening = MoreExecutors.listeningDecorator(fixedPool);

    /** The task. */
    abstract Integer task(int index);

    @TearDown
    public void close() {
        groups.close();
        reusing.close();
        fixedPool.shutdown();
    }

    @Benchmark
    public int taskGroup() throws InterruptedException {
        return inOneGroup(groups);
    }

    @Benchmark
    public int taskGroupReusingThreads() throws InterruptedException {
        return inOneGroup(reusing);
    }

    private int inOneGroup(TaskGroupFactory factory) throws InterruptedException {
        return factory.call("fan-out", group -> {
            List<Task<Integer>> forked = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                int index = i;
                forked.add(group.fork(() -> task(index)));
            }
            group.join();
            int sum = 0;
            for (Task<Integer> task : forked) {
                sum += task.result();
            }
            return sum;
        });
    }

    /** The least that can be done: a virtual thread a task, one counter, and an owner that parks. Nobody sees a failure. */
    @Benchmark
    public int raw() {
        Thread owner = Thread.currentThread();
        AtomicInteger unfinished = new AtomicInteger(n);
        Integer[] results = new Integer[n];
        for (int i = 0; i < n; i++) {
            int index = i;
            Thread.ofVirtual().start(() -> {
                results[index] = task(index);
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
        try (var scope = StructuredTaskScope.open()) {
            List<Subtask<Integer>> forked = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                int index = i;
                forked.add(scope.fork(() -> task(index)));
            }
            scope.join();
            int sum = 0;
            for (Subtask<Integer> subtask : forked) {
                sum += subtask.get();
            }
            return sum;
        }
    }

    @Benchmark
    public int virtualThreadExecutor() throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            return invokeAll(executor);
        }
    }

    @Benchmark
    public int fixedPool() throws Exception {
        return invokeAll(fixedPool);
    }

    private int invokeAll(ExecutorService executor) throws Exception {
        List<Callable<Integer>> callables = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            int index = i;
            callables.add(() -> task(index));
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
            futures.add(CompletableFuture.supplyAsync(() -> task(index), Thread::startVirtualThread));
        }
        CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new)).join();
        int sum = 0;
        for (CompletableFuture<Integer> future : futures) {
            sum += future.join();
        }
        return sum;
    }

    @Benchmark
    public int forkJoin() {
        List<ForkJoinTask<Integer>> forked = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            int index = i;
            forked.add(ForkJoinTask.adapt(() -> task(index)));
        }
        int sum = 0;
        for (ForkJoinTask<Integer> task : ForkJoinTask.invokeAll(forked)) {
            sum += task.join();
        }
        return sum;
    }

    @Benchmark
    public int jox() throws InterruptedException {
        return Scopes.supervised(scope -> {
            List<Fork<Integer>> forked = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                int index = i;
                forked.add(scope.fork(() -> task(index)));
            }
            int sum = 0;
            for (Fork<Integer> fork : forked) {
                sum += fork.join();
            }
            return sum;
        });
    }

    @Benchmark
    public int kotlin() throws InterruptedException {
        List<Deferred<Integer>> deferred = new ArrayList<>(n);
        BuildersKt.runBlocking(EmptyCoroutineContext.INSTANCE, (scope, _) -> {
            for (int i = 0; i < n; i++) {
                int index = i;
                deferred.add(BuildersKt.async(
                        scope, Dispatchers.getDefault(), CoroutineStart.DEFAULT, (_, _) -> task(index)));
            }
            return null;
        });
        int sum = 0;
        for (Deferred<Integer> each : deferred) {
            sum += each.getCompleted();
        }
        return sum;
    }

    @Benchmark
    public int guava() throws Exception {
        List<ListenableFuture<Integer>> futures = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            int index = i;
            futures.add(listening.submit(() -> task(index)));
        }
        int sum = 0;
        for (Integer result : Futures.allAsList(futures).get()) {
            sum += result;
        }
        return sum;
    }
}
