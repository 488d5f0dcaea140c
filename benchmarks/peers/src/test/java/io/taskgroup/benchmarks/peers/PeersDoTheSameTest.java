package io.taskgroup.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jmh.annotations.Benchmark;

/** A comparison is fair only if every peer does the whole work: each must come to the same result. */
class PeersDoTheSameTest {
    @TestFactory
    Stream<DynamicTest> trivialTasks() {
        TrivialTasks tasks = new TrivialTasks();
        tasks.n = 200;
        return each(tasks, 127 * 128 / 2 + 71 * 72 / 2).onClose(tasks::close);
    }

    @TestFactory
    Stream<DynamicTest> sleepingTasks() {
        SleepingTasks tasks = new SleepingTasks();
        tasks.n = 4;
        return each(tasks, 0 + 1 + 2 + 3).onClose(tasks::close);
    }

    @TestFactory
    Stream<DynamicTest> busyTasks() {
        BusyTasks tasks = new BusyTasks();
        tasks.n = 4;
        return each(tasks, 0 + 1 + 2 + 3).onClose(tasks::close);
    }

    @TestFactory
    Stream<DynamicTest> nestedGroups() {
        NestedGroups groups = new NestedGroups();
        groups.n = 3;
        return each(groups, 27).onClose(groups::close);
    }

    @TestFactory
    Stream<DynamicTest> firstResult() {
        FirstResult race = new FirstResult();
        race.n = 5;
        race.lineUp();
        return each(race, 4).onClose(race::close);
    }

    private static Stream<DynamicTest> each(Object workload, int result) {
        return benchmarks(workload)
                .map(peer -> DynamicTest.dynamicTest(
                        peer.getName(), () -> assertThat(peer.invoke(workload)).isEqualTo(result)));
    }

    @TestFactory
    Stream<DynamicTest> failingTask() {
        FailingTask failing = new FailingTask();
        failing.n = 5;
        return benchmarks(failing)
                .map(peer -> DynamicTest.dynamicTest(peer.getName(), () -> {
                    ExitTimes times = new ExitTimes();
                    assertThat((Throwable) peer.invoke(failing, times))
                            .satisfiesAnyOf(
                                    thrown -> assertThat(thrown).hasMessage("the last one fails"),
                                    thrown -> assertThat(thrown).rootCause().hasMessage("the last one fails"));
                    assertThat(times.nanosToExit()).isPositive();
                }))
                .onClose(failing::close);
    }

    @TestFactory
    Stream<DynamicTest> parkedTasks() {
        ParkedTasks parked = new ParkedTasks();
        parked.n = 5;
        return benchmarks(parked)
                .map(peer -> DynamicTest.dynamicTest(
                        peer.getName(),
                        () -> assertThat(peer.invoke(parked, new ParkedHeap())).isEqualTo(5)))
                .onClose(parked::close);
    }

    private static Stream<Method> benchmarks(Object workload) {
        return Arrays.stream(workload.getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class));
    }
}
