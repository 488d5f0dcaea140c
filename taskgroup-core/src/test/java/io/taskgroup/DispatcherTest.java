package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool whose only thread is busy elsewhere: what is forked waits in its queue, which has two places. */
@Timeout(60)
class DispatcherTest {
    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(2));
    private final Gate busy = new Gate();
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().executor(pool).build();

    @BeforeEach
    void keepBusy() {
        pool.execute(busy::passStubbornly);
    }

    @AfterEach
    void end() {
        busy.open();
        pool.shutdown();
    }

    @Test
    void aTaskThatTheJoiningOwnerRanLeavesTheQueueOfThePool() throws InterruptedException {
        groups.run("group", group -> {
            for (int round = 0; round < 10; round++) {
                Task<String> first = group.fork(() -> "first");
                Task<String> second = group.fork(() -> "second");
                assertThat(pool.getQueue()).hasSize(2);
                group.join();
                assertThat(first.result() + " " + second.result()).isEqualTo("first second");
                assertThat(pool.getQueue()).isEmpty();
            }
        });
    }

    @Test
    void aTaskThatWasCancelledWhileItWasForkedTakesNoPlaceFromTheOthers() throws InterruptedException {
        TaskGroupFactory limited = TaskGroupFactory.builder()
                .executor(Runnable::run)
                .defaults(TaskGroupOptions.named("any").withMaxConcurrency(1).withPolicy(JoinPolicy.awaitAll()))
                .observer(new TaskGroupObserver() {
                    @Override
                    public void taskForked(Task<?> task) {
                        if (task.name().equals("unwanted")) {
                            task.cancel();
                        }
                    }
                })
                .build();
        limited.run("group", group -> {
            Task<Void> unwanted = group.fork("unwanted", () -> {});
            Task<String> wanted = group.fork("wanted", () -> "done");
            assertThat(unwanted.state()).isEqualTo(TaskState.CANCELLED);
            assertThat(wanted.state()).isEqualTo(TaskState.SUCCEEDED);
        });
    }

    @Test
    void aTaskThatWasCancelledWhileItWasForkedDoesNotReachTheExecutor() throws InterruptedException {
        TaskGroupFactory cancelling = TaskGroupFactory.builder()
                .executor(pool)
                .defaults(TaskGroupOptions.named("any").withPolicy(JoinPolicy.awaitAll()))
                .observer(new TaskGroupObserver() {
                    @Override
                    public void taskForked(Task<?> task) {
                        task.cancel();
                    }
                })
                .build();
        cancelling.run("group", group -> {
            group.fork(() -> {});
            assertThat(pool.getQueue()).isEmpty();
        });
    }

    @Test
    void aTaskThatAnAwaitingThreadRanLeavesTheQueueOfThePool() throws InterruptedException {
        groups.run("group", group -> {
            Task<String> task = group.fork(() -> "done");
            assertThat(task.await()).isEqualTo("done");
            assertThat(pool.getQueue()).isEmpty();
        });
    }

    @Test
    void tasksThatWereCancelledBeforeTheyBeganLeaveTheQueueOfThePool() throws InterruptedException {
        groups.run("cancelled", group -> {
            group.fork(() -> "first");
            group.fork(() -> "second");
            group.cancel();
            assertThat(pool.getQueue()).isEmpty();
        });
        groups.run("next", group -> {
            group.fork(() -> "has room");
            group.fork(() -> "has room, too");
        });
    }
}
