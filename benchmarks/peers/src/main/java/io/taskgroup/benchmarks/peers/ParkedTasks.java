package io.taskgroup.benchmarks.peers;

import com.softwaremill.jox.structured.Scopes;
import io.taskgroup.TaskGroupFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** W7: n tasks are parked. What counts is the heap that each of them holds, see {@link ParkedHeap}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParkedTasks {
    @Param("1000000")
    public int n;

    private final TaskGroupFactory groups = TaskGroupFactory.create();

    @TearDown
    public void close() {
        groups.close();
    }

    @Benchmark
    public int taskGroup(ParkedHeap heap) throws InterruptedException {
        heap.empty(n);
        groups.run("parked", group -> {
            for (int i = 0; i < n; i++) {
                group.fork(heap::park);
            }
            heap.measure();
            group.join();
        });
        return heap.parked();
    }

    @Benchmark
    public int raw(ParkedHeap heap) throws InterruptedException {
        heap.empty(n);
        AtomicInteger unfinished = new AtomicInteger(n);
        CountDownLatch finished = new CountDownLatch(1);
        for (int i = 0; i < n; i++) {
            Thread.ofVirtual().start(() -> {
                heap.park();
                if (unfinished.decrementAndGet() == 0) {
                    finished.countDown();
                }
            });
        }
        heap.measure();
        finished.await();
        return heap.parked();
    }

    @Benchmark
    public int structuredTaskScope(ParkedHeap heap) throws InterruptedException {
        heap.empty(n);
        try (var scope = StructuredTaskScope.open()) {
            for (int i = 0; i < n; i++) {
                scope.fork(heap::park);
            }
            heap.measure();
            scope.join();
        }
        return heap.parked();
    }

    @Benchmark
    public int virtualThreadExecutor(ParkedHeap heap) throws InterruptedException {
        heap.empty(n);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < n; i++) {
                executor.execute(heap::park);
            }
            heap.measure();
        }
        return heap.parked();
    }

    @Benchmark
    public int jox(ParkedHeap heap) throws InterruptedException {
        heap.empty(n);
        Scopes.supervised(scope -> {
            for (int i = 0; i < n; i++) {
                scope.forkUser(() -> {
                    heap.park();
                    return null;
                });
            }
            heap.measure();
            return null;
        });
        return heap.parked();
    }
}
