package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 12: whoever could run a new task, or ask it to stop, waits until the observers know of it. */
@Timeout(60)
class ForkAnnouncementTest {
    private final Thread owner = Thread.currentThread();
    private final CountDownLatch forking = new CountDownLatch(1);
    private final Trail trail = new Trail();

    /** Tells the trail of the fork when the owner waits, and had every chance to do something with the task. */
    private final TaskGroupObserver late = new TaskGroupObserver() {
        @Override
        public void taskForked(Task<?> task) {
            forking.countDown();
            await().until(() -> owner.getState() == Thread.State.WAITING);
        }
    };

    private final TaskGroupFactory groups = TaskGroupFactory.builder()
            .executor(new QueueExecutor())
            .observer(late)
            .observer(trail)
            .build();

    @Test
    void anOwnerThatHelpsDoesNotRunATaskThatTheObserversDoNotKnow() throws InterruptedException {
        groups.run("group", group -> {
            Thread other = new Thread(() -> group.fork("late", () -> {}));
            other.start();
            forking.await();
            group.join();
            other.join();
        });
        assertThat(trail.steps())
                .containsExactly(
                        "opened group",
                        "forked late",
                        "started late",
                        "ended late SUCCEEDED",
                        "closed group SUCCEEDED");
    }

    @Test
    void aGroupThatIsCancelledMeanwhileTellsOfTheForkFirst() throws InterruptedException {
        groups.run("group", group -> {
            Thread other = new Thread(() -> group.fork("late", () -> {}));
            other.start();
            forking.await();
            group.cancel();
            group.join();
            other.join();
        });
        assertThat(trail.steps())
                .containsExactly(
                        "opened group",
                        "cancelled group REQUESTED",
                        "forked late",
                        "asked late REQUESTED",
                        "ended late CANCELLED",
                        "closed group CANCELLED");
    }

    /** A task that an observer gives away before anyone may run it: who waits for it must run it in the end. */
    @Test
    void anOwnerThatAwaitsATaskBeforeItMayRunRunsItThen() throws InterruptedException {
        CompletableFuture<Task<?>> given = new CompletableFuture<>();
        TaskGroupFactory generous = TaskGroupFactory.builder()
                .executor(new QueueExecutor())
                .observer(new TaskGroupObserver() {
                    @Override
                    public void taskForked(Task<?> task) {
                        given.complete(task);
                        await().until(() -> owner.getState() == Thread.State.WAITING);
                    }
                })
                .build();
        generous.run("group", group -> {
            Thread other = new Thread(() -> group.fork("given", () -> "done"));
            other.start();
            await().pollInSameThread().until(given::isDone);
            assertThat(given.join().await()).isEqualTo("done");
            other.join();
        });
    }
}
