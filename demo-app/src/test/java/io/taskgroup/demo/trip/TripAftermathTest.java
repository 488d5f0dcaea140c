package io.taskgroup.demo.trip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.demo.trip.Aftermath.Ended;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a search leaves behind when its suppliers fail and hang, written with task groups and with futures. */
@Timeout(120)
class TripAftermathTest {
    private static final int SEARCHES = 2_000;
    private static final int CLIENTS = 50;
    private static final Duration DEADLINE = Duration.ofMillis(500);

    private final CountDownLatch closed = new CountDownLatch(1);

    @AfterEach
    void closeTheSuppliers() {
        closed.countDown();
    }

    @Test
    void withTaskGroupsNoCallRunsOnAndNoFailureIsLost() throws InterruptedException {
        TaskGroupOptions trip = TaskGroupOptions.named("trip").withTimeout(DEADLINE);
        try (TaskGroupFactory groups = TaskGroupFactory.builder()
                .options(group -> group.name().equals("trip") ? trip : group)
                .build()) {
            Aftermath left = search(suppliers ->
                    new TripPlanner(groups, suppliers.client(), suppliers.directory()).plan(AskedSuppliers.JOURNEY));

            System.out.println("TaskGroup: " + left);
            assertThat(left.runningOn()).as("calls that ran after the answer").isZero();
            assertThat(left.lost()).as("failures that nobody saw").isZero();
            assertThat(left.failures()).as("failures").isPositive();
            assertThat(groups.snapshot()).isEmpty();
        }
    }

    /** Holds the measurement against a search that is known to leave something. */
    @Test
    void withFuturesCallsRunOnHoldTheirThreadsAndFailuresAreLost() throws InterruptedException {
        ThreadPoolExecutor threads = (ThreadPoolExecutor) Executors.newCachedThreadPool();
        try {
            Aftermath left = search(
                    suppliers -> new FutureTripPlanner(threads, DEADLINE, suppliers.client(), suppliers.directory())
                            .plan(AskedSuppliers.JOURNEY));

            threads.shutdown();
            await("idle threads end").until(() -> threads.getPoolSize() == threads.getActiveCount());
            System.out.println("CompletableFuture: " + left + ", threads left: " + threads.getPoolSize());
            assertThat(left.runningOn()).as("calls that ran after the answer").isPositive();
            assertThat(left.lost()).as("failures that nobody saw").isPositive();
            assertThat(threads.getPoolSize()).as("threads after a shutdown").isPositive();
        } finally {
            closed.countDown();
            threads.shutdown();
        }
    }

    private interface Planner {
        Trip plan(FlakySuppliers suppliers) throws InterruptedException, ExecutionException, TimeoutException;
    }

    private Aftermath search(Planner planner) throws InterruptedException {
        TaskGroupOptions someAtOnce = TaskGroupOptions.named("clients").withMaxConcurrency(CLIENTS);
        List<Integer> numbers = IntStream.range(0, SEARCHES).boxed().toList();
        try (TaskGroupFactory clients = TaskGroupFactory.create()) {
            return Aftermath.of(clients.map(someAtOnce, numbers, number -> search(planner, number)));
        }
    }

    private Ended search(Planner planner, int number) throws InterruptedException {
        FlakySuppliers suppliers = new FlakySuppliers(number, closed);
        try {
            assertThat(planner.plan(suppliers)).isNotNull();
            return Ended.now(suppliers, null);
        } catch (TaskGroupException | ExecutionException | TimeoutException failed) {
            return Ended.now(suppliers, failed);
        }
    }
}
