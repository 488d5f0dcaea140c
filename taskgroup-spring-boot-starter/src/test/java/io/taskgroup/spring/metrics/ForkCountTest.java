package io.taskgroup.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.anyDouble;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.micrometer.core.instrument.Counter;
import io.taskgroup.TaskGroupFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.DoubleAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The forks of a group, counted by whoever comes. */
@Timeout(60)
class ForkCountTest {
    private final TaskGroupFactory groups = TaskGroupFactory.create();
    private final DoubleAdder counted = new DoubleAdder();
    private final Counter counter = mock(Counter.class);

    @AfterEach
    void close() {
        groups.close();
    }

    /** Else a join could return while a scrape that came first has not counted yet. */
    @Test
    void who_finds_nothing_new_finds_it_counted() throws Exception {
        CountDownLatch counting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        doAnswer(call -> {
                    counting.countDown();
                    goOn.await();
                    counted.add(call.getArgument(0));
                    return null;
                })
                .when(counter)
                .increment(anyDouble());

        groups.run("page", group -> {
            group.fork(() -> {}).await();
            ForkCount forks = new ForkCount(group);
            CompletableFuture<Void> scrape = CompletableFuture.runAsync(() -> forks.countInto(counter));
            counting.await();
            CompletableFuture<Double> seen = new CompletableFuture<>();
            Thread joining = new Thread(() -> {
                forks.countInto(counter);
                seen.complete(counted.sum());
            });
            joining.start();
            await().until(() -> joining.getState() == Thread.State.BLOCKED || seen.isDone());
            goOn.countDown();

            assertThat(seen.join()).isOne();
            scrape.join();
            assertThat(counted.sum()).isOne();
        });
    }
}
