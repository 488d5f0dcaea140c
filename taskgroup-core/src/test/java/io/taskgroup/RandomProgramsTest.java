package io.taskgroup;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random trees of groups and tasks, in which everything goes wrong, keep the rules on every kind of threads.
 *
 * <p>{@code -Dtaskgroup.programs.count=20000} sets how many, {@code -Dtaskgroup.programs.first=30001} begins with another
 * than the first one, and {@code -Dtaskgroup.programs.seed=17} runs only the one of that seed, as often as the count says.
 */
class RandomProgramsTest {
    private static final int COUNT = Integer.getInteger("taskgroup.programs.count", 1000);
    private static final long FIRST = Long.getLong("taskgroup.programs.first", 1);
    private static final Long SEED = Long.getLong("taskgroup.programs.seed");
    private static final long PATIENCE_SECONDS = 20;

    private final ExecutorService actors = Executors.newCachedThreadPool(actor -> {
        Thread thread = new Thread(actor, "actor");
        thread.setDaemon(true); // one that is stuck must not keep the tests from ending
        return thread;
    });

    @AfterEach
    void endActors() {
        actors.shutdown();
    }

    @ParameterizedTest
    @MethodSource("io.taskgroup.TaskThreads#kinds")
    void everyProgramKeepsTheRules(TaskThreads threads) throws Exception {
        ExecutorService pool = threads.pool();
        try {
            for (long seed : seeds().toArray()) {
                Program program = new ProgramGenerator(seed).program();
                new ProgramRun(program, threads, pool).play(actors, PATIENCE_SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static LongStream seeds() {
        return SEED == null
                ? LongStream.range(FIRST, FIRST + COUNT)
                : LongStream.generate(() -> SEED).limit(COUNT);
    }
}
