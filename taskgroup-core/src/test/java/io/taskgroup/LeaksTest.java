package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many groups with ten tasks each, one after the other: heap and threads stay what they were. For the full size:
 * {@code -Dtaskgroup.leaks.groups=1000000}, which is ten million tasks on each kind of threads.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class LeaksTest {
    private static final int GROUPS = Integer.getInteger("taskgroup.leaks.groups", 5_000);
    private static final int TASKS = 10;
    private static final long MOST_GROWTH = 4_000_000; // less than a reference a group at the full size
    private static final int MOST_THREADS = 3 * TASKS; // of two groups that follow each other, and the JDK's own

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final CountingCarrier carrier = new CountingCarrier();

    enum Kind {
        POOL,
        DEFAULT,
        REUSED_THREADS
    }

    private TaskGroupFactory groups(Kind kind, ExecutorService pool) {
        TaskGroupFactory.Builder builder = TaskGroupFactory.builder()
                .contextCarrier(carrier)
                .defaults(TaskGroupOptions.named("any").withTimeout(Duration.ofHours(1)));
        return switch (kind) {
            case POOL -> builder.executor(pool).build();
            case DEFAULT -> builder.build();
            case REUSED_THREADS -> builder.reuseThreads().build();
        };
    }

    @ParameterizedTest
    @EnumSource
    void heapAndThreadsStayWhatTheyWere(Kind kind) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try (TaskGroupFactory groups = groups(kind, pool)) {
            run(groups, 1_000);
            long heap = MemoryTest.usedAfterCollection();
            int threads = THREADS.getThreadCount();
            long begin = System.nanoTime();
            run(groups, GROUPS);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            await().pollInSameThread().untilAsserted(() -> {
                assertThat(MemoryTest.usedAfterCollection() - heap)
                        .as("growth of the heap")
                        .isLessThan(MOST_GROWTH);
                assertThat(THREADS.getThreadCount() - threads)
                        .as("more threads")
                        .isLessThan(MOST_THREADS);
            });
            assertThat(groups.snapshot()).isEmpty();
            assertThat(carrier.captured()).isEqualTo(carrier.called() + carrier.discarded());
            System.out.printf(
                    Locale.ROOT,
                    "%s: %,d groups, %,d tasks in %,d ms; heap %,d -> %,d bytes, threads %d -> %d%n",
                    kind,
                    GROUPS,
                    (long) GROUPS * TASKS,
                    millis,
                    heap,
                    MemoryTest.usedAfterCollection(),
                    threads,
                    THREADS.getThreadCount());
        } finally {
            pool.shutdownNow();
        }
    }

    /** Every seventh group fails, and every eleventh is cancelled. */
    private static void run(TaskGroupFactory groups, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            int number = i;
            try {
                groups.run("group", group -> {
                    for (int task = 0; task < TASKS; task++) {
                        group.fork(() -> {
                            if (number % 7 == 0) {
                                throw new IllegalStateException("no seats");
                            }
                        });
                    }
                    if (number % 11 == 0) {
                        group.cancel();
                    }
                });
            } catch (TaskGroupException | TaskGroupCancelledException asPlanned) {
                assertThat(number % 7 == 0 || number % 11 == 0).isTrue();
            }
        }
    }
}
