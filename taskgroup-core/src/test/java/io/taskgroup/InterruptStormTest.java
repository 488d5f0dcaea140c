package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody interrupts whoever works for a group, at random: every group ends, and what its tasks threw is told. */
@Timeout(120)
class InterruptStormTest {
    private static final int ROUNDS = Integer.getInteger("taskgroup.races.rounds", 300);

    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    private void storm() {
        Random random = new Random(1);
        while (!over) {
            for (Thread worker : workers) {
                if (random.nextInt(4) == 0) {
                    worker.interrupt();
                }
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(100)));
        }
    }

    private void work() throws InterruptedException {
        workers.add(Thread.currentThread());
        try {
            new CountDownLatch(1).await(50, TimeUnit.MICROSECONDS);
        } finally {
            workers.remove(Thread.currentThread());
        }
    }

    @ParameterizedTest
    @MethodSource("io.taskgroup.TaskThreads#kinds")
    void everyGroupEndsAndNothingIsLost(TaskThreads threads) throws Exception {
        ExecutorService pool = threads.pool();
        Thread storm = new Thread(this::storm, "storm");
        storm.start();
        try (TaskGroupFactory groups = threads.builder(pool).build()) {
            for (int round = 0; round < ROUNDS; round++) {
                List<Task<?>> tasks = new ArrayList<>();
                Thread.interrupted();
                Throwable thrown = catchThrowable(() -> groups.run("group", group -> {
                    for (int i = 0; i < 3; i++) {
                        tasks.add(group.fork(this::work));
                    }
                    work();
                }));
                check(tasks, thrown);
            }
            over = true;
            awaitEnd(storm);
            awaitEmptyQueue(pool);
            Integer next = groups.call("next", group -> group.fork(() -> 1).await());
            assertThat(next).isEqualTo(1);
        } finally {
            over = true;
            pool.shutdownNow();
        }
    }

    /** Until then the storm may hit this thread too. */
    private static void awaitEnd(Thread storm) {
        while (storm.isAlive()) {
            try {
                storm.join();
            } catch (InterruptedException late) {
                continue;
            }
        }
        Thread.interrupted();
    }

    /** The queue of a pool keeps what was cancelled until a thread comes to it. */
    private static void awaitEmptyQueue(ExecutorService pool) {
        if (pool instanceof ThreadPoolExecutor bounded) {
            await().until(bounded.getQueue()::isEmpty);
        }
    }

    private static void check(List<Task<?>> tasks, Throwable thrown) {
        assertThat(tasks).allMatch(task -> task.state().isTerminal());
        List<Throwable> failures = tasks.stream()
                .filter(task -> task.state() == TaskState.FAILED)
                .map(task -> task.exception().orElseThrow())
                .toList();
        Told told = new Told(thrown, List.of());
        assertThat(failures).allMatch(told::has);
        if (thrown != null) {
            assertThat(thrown)
                    .isInstanceOfAny(
                            InterruptedException.class,
                            TaskGroupException.class,
                            RejectedExecutionException.class); // as long as the queue is full of what was cancelled
        }
    }
}
