package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How groups end that meet what is rare. */
@Timeout(60)
class UnusualEndsTest {
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().threadFactory(Thread::new).build();

    @Test
    void anErrorOfTheVirtualMachineInATaskComesAsItselfFromJoin() {
        OutOfMemoryError error = new OutOfMemoryError("no heap");
        try (OpenTaskGroup group = groups.open("group")) {
            group.fork(() -> {
                throw error;
            });
            assertThatThrownBy(group::join).isSameAs(error);
        }
    }

    @Test
    void aCallbackThatFailsWhenTheGroupHasEndedIsLoggedAndTheNextOneRuns() throws InterruptedException {
        AtomicReference<Task<Integer>> ended = new AtomicReference<>();
        groups.run("group", group -> ended.set(group.fork("task", () -> 1)));
        IllegalStateException broken = new IllegalStateException("too late");
        AtomicReference<Integer> next = new AtomicReference<>();
        try (Logged log = new Logged()) {
            ended.get()
                    .onCompletion(task -> {
                        throw broken;
                    })
                    .onCompletion(task -> next.set(task.result()));
            assertThat(log.records()).singleElement().satisfies(logged -> {
                assertThat(logged.getThrown()).isSameAs(broken);
                assertThat(logged.getMessage())
                        .contains("callback of task in Group 'group'")
                        .contains("after the group had ended");
            });
        }
        assertThat(next).hasValue(1);
    }

    @Test
    void aRaceThatIsCancelledBeforeATaskHasSucceededThrowsWhy() {
        Callable<String> cancels = () -> {
            Task.current().orElseThrow().group().cancel("nobody is interested");
            new Gate().pass();
            return "never";
        };
        assertThatThrownBy(() -> groups.any("race", List.of(cancels)))
                .isInstanceOfSatisfying(
                        TaskGroupCancelledException.class,
                        cancelled -> assertThat(cancelled.reason().message()).isEqualTo("nobody is interested"));
    }

    /** The executor forks another task before it refuses the one that it was given. */
    @Test
    void aTaskThatWasRejectedAfterOthersWereForkedIsNotCounted() throws InterruptedException {
        AtomicReference<OpenTaskGroup> forking = new AtomicReference<>();
        boolean[] inside = new boolean[1];
        TaskGroupFactory picky = TaskGroupFactory.builder()
                .executor(task -> {
                    if (inside[0]) {
                        task.run();
                        return;
                    }
                    inside[0] = true;
                    forking.get().fork("other", () -> 1);
                    throw new RejectedExecutionException("full");
                })
                .build();
        TaskCounts[] atEnd = new TaskCounts[1];
        try (OpenTaskGroup group = picky.open(TaskGroupOptions.named("group").withPolicy(Policies.keeping(atEnd)))) {
            forking.set(group);
            assertThatThrownBy(() -> group.fork("rejected", () -> 2)).isInstanceOf(RejectedExecutionException.class);
            group.join();
        }
        assertThat(atEnd[0]).isEqualTo(new TaskCounts(1, 1, 0, 0));
    }
}
