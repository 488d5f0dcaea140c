package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LedgerTest {
    private final JoinLatch latch = new JoinLatch();
    private final Ledger ledger = new Ledger("group", latch);

    @Test
    void aForkThatIsRefusedMeanwhileIsNotCountedAtTheEnd() throws InterruptedException {
        latch.tryPass(true);
        Thread late = new Thread(() -> {
            for (int i = 0; i < 300_000; i++) {
                latch.fork();
            }
        });
        late.start();
        while (late.isAlive()) {
            assertThat(ledger.finalCounts().forked()).isZero();
        }
        late.join();
    }

    @Test
    void neverHaveMoreEndedThanWereForked() throws InterruptedException {
        try (OpenTaskGroup group = TaskGroupFactory.builder()
                .executor(new QueueExecutor())
                .build()
                .open(TaskGroupOptions.named("group").withPolicy(JoinPolicy.awaitAll()))) {
            Thread forker = new Thread(() -> {
                for (int i = 0; i < 100_000; i++) {
                    group.fork(() -> {}).cancel();
                }
            });
            forker.start();
            while (forker.isAlive()) {
                TaskCounts counts = group.counts();
                assertThat(counts.succeeded() + counts.failed() + counts.cancelled())
                        .isLessThanOrEqualTo(counts.forked());
            }
            forker.join();
            group.join();
        }
    }
}
