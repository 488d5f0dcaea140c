package io.taskgroup.benchmarks.spring;

import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** W1 in Spring Boot applications that differ in what the starter does beside running tasks. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MeteredTasks {
    @Param("1000")
    public int n;

    public static class Plain extends Application {
        public Plain() {
            super("taskgroup.metrics.enabled=false", "taskgroup.context-propagation.enabled=false");
        }
    }

    public static class Counted extends Application {
        public Counted() {
            super("taskgroup.metrics.task-timers=false", "taskgroup.context-propagation.enabled=false");
        }
    }

    public static class Timed extends Application {
        public Timed() {
            super("taskgroup.context-propagation.enabled=false");
        }
    }

    public static class NothingToCarry extends Application {
        public NothingToCarry() {
            super("taskgroup.metrics.enabled=false");
        }
    }

    /** Neither meters nor context. */
    @Benchmark
    public int plain(Plain application) throws InterruptedException {
        return sum(application.groups());
    }

    /** The starter's meters, without timers of tasks. */
    @Benchmark
    public int counted(Counted application) throws InterruptedException {
        return sum(application.groups());
    }

    /** The starter's meters. */
    @Benchmark
    public int timed(Timed application) throws InterruptedException {
        return sum(application.groups());
    }

    /** The starter's context carriers, on a thread that has no context. */
    @Benchmark
    public int nothingToCarry(NothingToCarry application) throws InterruptedException {
        return sum(application.groups());
    }

    private int sum(TaskGroupFactory groups) throws InterruptedException {
        return groups.call("metered", group -> {
            List<Task<Integer>> tasks = new ArrayList<>(n);
            for (int i = 0; i < n; i++) {
                int index = i;
                tasks.add(group.fork(() -> index & 127));
            }
            group.join();
            int sum = 0;
            for (Task<Integer> task : tasks) {
                sum += task.result();
            }
            return sum;
        });
    }
}
