package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Runs what it asks for on the test's own thread, when the test says so. */
class ReusedThreadsTest {
    private final ConcurrentLinkedDeque<Runnable> asked = new ConcurrentLinkedDeque<>();
    private final ReusedThreads threads = new ReusedThreads(asked::add);
    private final List<String> ran = new ArrayList<>();

    @Test
    void manyQueuedTasksAskForOneThread() {
        for (int i = 0; i < 100; i++) {
            threads.execute(() -> ran.add("task"));
        }
        assertThat(asked).hasSize(1);
        asked.poll().run();
        assertThat(ran).hasSize(100);
        assertThat(asked).as("the spare that was asked for meanwhile").hasSize(1);
    }

    @Test
    void aTaskThatBlocksLeavesTheOthersToTheSpare() {
        threads.execute(() -> {
            ran.add("blocks");
            asked.poll().run(); // what the spare does while this task blocks
            ran.add("goes on");
        });
        threads.execute(() -> ran.add("other 1"));
        threads.execute(() -> ran.add("other 2"));
        asked.poll().run();
        assertThat(ran).containsExactly("blocks", "other 1", "other 2", "goes on");
    }

    @Test
    void aTaskThatComesWhenAllThreadsAreGoneAsksForOne() {
        threads.execute(() -> ran.add("first"));
        asked.poll().run();
        threads.execute(() -> ran.add("second"));
        asked.poll().run();
        assertThat(ran).containsExactly("first", "second");
        assertThat(asked).isEmpty();
    }

    @Test
    void aTasksOwnInterruptDoesNotReachTheNextTask() {
        threads.execute(() -> Thread.currentThread().interrupt());
        threads.execute(() -> ran.add("flag " + Thread.currentThread().isInterrupted()));
        asked.poll().run();
        assertThat(ran).containsExactly("flag false");
        assertThat(Thread.interrupted()).as("left for the pool").isTrue();
    }

    @Test
    void aRejectedTaskIsNotKept() {
        boolean[] full = {true};
        ReusedThreads bounded = new ReusedThreads(code -> {
            if (full[0]) {
                throw new RejectedExecutionException("full");
            }
            code.run();
        });
        assertThatThrownBy(() -> bounded.execute(() -> ran.add("rejected")))
                .isInstanceOf(RejectedExecutionException.class);
        full[0] = false;
        bounded.execute(() -> ran.add("taken"));
        assertThat(ran).containsExactly("taken");
    }
}
