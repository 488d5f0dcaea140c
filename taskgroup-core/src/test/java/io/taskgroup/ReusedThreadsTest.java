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
    private final Roster<Once> tasks = new Roster<>();
    private final Backlog<Once> backlog = new Backlog<>(tasks, task -> !task.begun);
    private final ReusedThreads threads = new ReusedThreads(asked::add, backlog);
    private final List<String> ran = new ArrayList<>();
    private int added;

    @Test
    void manyTasksAskForOneThread() {
        for (int i = 0; i < 100; i++) {
            execute(() -> ran.add("task"));
        }
        assertThat(asked).hasSize(1);
        asked.poll().run();
        assertThat(ran).hasSize(100);
        assertThat(asked).as("the spare that was asked for meanwhile").hasSize(1);
    }

    @Test
    void aTaskThatBlocksLeavesTheOthersToTheSpare() {
        execute(() -> {
            ran.add("blocks");
            asked.poll().run(); // what the spare does while this task blocks
            ran.add("goes on");
        });
        execute(() -> ran.add("other 1"));
        execute(() -> ran.add("other 2"));
        asked.poll().run();
        assertThat(ran).containsExactly("blocks", "other 1", "other 2", "goes on");
    }

    @Test
    void aTaskThatComesWhenAllThreadsAreGoneAsksForOne() {
        execute(() -> ran.add("first"));
        asked.poll().run();
        execute(() -> ran.add("second"));
        asked.poll().run();
        assertThat(ran).containsExactly("first", "second");
        assertThat(asked).isEmpty();
    }

    @Test
    void aTasksOwnInterruptDoesNotReachTheNextTask() {
        execute(() -> Thread.currentThread().interrupt());
        execute(() -> ran.add("flag " + Thread.currentThread().isInterrupted()));
        asked.poll().run();
        assertThat(ran).containsExactly("flag false");
        assertThat(Thread.interrupted()).as("left for the pool").isTrue();
    }

    @Test
    void theLastTaskAsksForNoSpare() {
        execute(() -> ran.add("only"));
        asked.poll().run();
        assertThat(asked).isEmpty();
    }

    @Test
    void aRefusedThreadIsAskedForAgainWithTheNextTask() {
        boolean[] full = {true};
        ReusedThreads bounded = new ReusedThreads(
                code -> {
                    if (full[0]) {
                        throw new RejectedExecutionException("full");
                    }
                    code.run();
                },
                backlog);
        Once task = new Once(() -> ran.add("taken"));
        assertThatThrownBy(() -> bounded.execute(task)).isInstanceOf(RejectedExecutionException.class);
        full[0] = false;
        tasks.add(++added, task);
        backlog.added();
        bounded.execute(task);
        assertThat(ran).containsExactly("taken");
    }

    @Test
    void aSpareThatComesAfterTheEndOfTheGroupFindsNothing() {
        execute(() -> ran.add("too late"));
        threads.end();
        asked.poll().run();
        assertThat(ran).isEmpty();
    }

    private void execute(Runnable code) {
        Once task = new Once(code);
        tasks.add(++added, task);
        backlog.added();
        threads.execute(task);
    }

    /** Runs its code once, however often it is asked to. */
    private static final class Once implements Runnable, Roster.Member {
        private final Runnable code;
        private boolean begun;

        Once(Runnable code) {
            this.code = code;
        }

        @Override
        public void listedOn(Roster.Page page) {
            // it stays on its page when it has run
        }

        @Override
        public void run() {
            if (!begun) {
                begun = true;
                code.run();
            }
        }
    }
}
