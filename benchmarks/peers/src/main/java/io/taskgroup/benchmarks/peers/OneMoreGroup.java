package io.taskgroup.benchmarks.peers;

import io.taskgroup.TaskGroupFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A group is opened and ended while n groups of other threads are open. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OneMoreGroup {
    @Param({"1", "10000"})
    public int n;

    private final TaskGroupFactory groups = TaskGroupFactory.create();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Thread> owners = new ArrayList<>();

    @Setup
    public void openGroups() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(n);
        for (int i = 0; i < n; i++) {
            owners.add(Thread.startVirtualThread(() -> holdOpen(open)));
        }
        open.await();
    }

    private void holdOpen(CountDownLatch open) {
        try {
            groups.run("open", group -> {
                open.countDown();
                end.await();
            });
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody stops this group", e);
        }
    }

    @TearDown
    public void close() throws InterruptedException {
        end.countDown();
        for (Thread owner : owners) {
            owner.join();
        }
        groups.close();
    }

    @Benchmark
    public long taskGroup() throws InterruptedException {
        return groups.call("one more", group -> group.id());
    }
}
