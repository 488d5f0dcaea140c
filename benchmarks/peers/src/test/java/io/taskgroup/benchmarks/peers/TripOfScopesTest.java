package io.taskgroup.benchmarks.peers;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.FailedException;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.concurrent.StructuredTaskScope.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The demo's trip search, written with {@code StructuredTaskScope}: what it leaves behind when suppliers fail and hang.
 * The suppliers are those of the demo's {@code FlakySuppliers}, which cannot be reached from here.
 */
@Timeout(120)
class TripOfScopesTest {
    private static final int SEARCHES = 2_000;
    private static final int CLIENTS = 50;
    private static final Duration DEADLINE = Duration.ofMillis(500);
    private static final double HANG = 0.01;
    private static final double FAIL = 0.05;
    private static final int SLOWEST_MILLIS = 20;

    @Test
    void noCallRunsOnAfterTheAnswer() throws InterruptedException {
        TaskGroupOptions someAtOnce = TaskGroupOptions.named("clients").withMaxConcurrency(CLIENTS);
        List<Search> searches =
                IntStream.range(0, SEARCHES).mapToObj(Search::new).toList();
        List<Ended> ended;
        try (TaskGroupFactory clients = TaskGroupFactory.create()) {
            ended = clients.map(someAtOnce, searches, Search::end);
        }

        int runningOn = ended.stream().mapToInt(Ended::runningOn).sum();
        int failures =
                ended.stream().mapToInt(search -> search.failures().size()).sum();
        long lost = ended.stream().mapToLong(Ended::lost).sum();
        System.out.printf(
                "StructuredTaskScope: searches=%d, planned=%d, runningOn=%d, failures=%d, lost=%d%n",
                SEARCHES,
                ended.stream().filter(search -> search.thrown() == null).count(),
                runningOn,
                failures,
                lost);
        assertThat(runningOn).as("calls that ran after the answer").isZero();
        assertThat(failures).isPositive();
    }

    /** A search that has ended, and what its suppliers have answered with instead of an offer. */
    private record Ended(
            int runningOn,
            Queue<Throwable> failures,
            @Nullable Throwable thrown) {
        long lost() {
            Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
            collect(thrown, told);
            return failures.stream().filter(failure -> !told.contains(failure)).count();
        }

        private static void collect(@Nullable Throwable thrown, Set<Throwable> told) {
            if (thrown != null && told.add(thrown)) {
                collect(thrown.getCause(), told);
                for (Throwable suppressed : thrown.getSuppressed()) {
                    collect(suppressed, told);
                }
            }
        }
    }

    private static class Search {
        private final AtomicInteger running = new AtomicInteger();
        private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        private final int number;

        Search(int number) {
            this.number = number;
        }

        Ended end() throws InterruptedException {
            try {
                plan();
                return new Ended(running.get(), failures, null);
            } catch (FailedException | TimeoutException failed) {
                return new Ended(running.get(), failures, failed);
            }
        }

        private int plan() throws InterruptedException {
            try (var trip = StructuredTaskScope.open(
                    Joiner.<Integer>awaitAllSuccessfulOrThrow(), options -> options.withTimeout(DEADLINE))) {
                Subtask<Integer> flight = trip.fork(() -> cheapest("air-one", "air-two", "air-three"));
                Subtask<Integer> hotel = trip.fork(() -> cheapest("inn", "grand-hotel"));
                Subtask<Integer> weather = trip.fork(() -> offer("weather-office"));
                trip.join();
                return flight.get() + hotel.get() + weather.get();
            }
        }

        private int cheapest(String... suppliers) throws InterruptedException {
            try (var scope = StructuredTaskScope.<Integer>open()) {
                List<Subtask<Integer>> asked = new ArrayList<>();
                for (String supplier : suppliers) {
                    asked.add(scope.fork(() -> offer(supplier)));
                }
                scope.join();
                return asked.stream().mapToInt(Subtask::get).min().orElseThrow();
            }
        }

        private int offer(String supplier) throws InterruptedException {
            SplittableRandom random = new SplittableRandom(31L * number + supplier.hashCode());
            double lot = random.nextDouble();
            running.incrementAndGet();
            try {
                long millis = lot < HANG ? Long.MAX_VALUE : random.nextInt(SLOWEST_MILLIS);
                assertThat(new CountDownLatch(1).await(millis, MILLISECONDS)).isFalse();
                if (lot < HANG + FAIL) {
                    throw failure(supplier);
                }
                return random.nextInt(50, 200);
            } finally {
                running.decrementAndGet();
            }
        }

        private IllegalStateException failure(String supplier) {
            IllegalStateException failure = new IllegalStateException(supplier + " answered 503");
            failures.add(failure);
            return failure;
        }
    }
}
