package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A fork that throws leaves nothing behind: no count, no context, and a group that goes on. */
@Timeout(60)
class RefusedForkTest {
    private final CountingCarrier carrier = new CountingCarrier();

    @Test
    void aGroupThatHasForkedAsManyAsItCanCountSaysSoAndEnds() throws Exception {
        TaskGroupFactory groups =
                TaskGroupFactory.builder().contextCarrier(carrier).build();
        try (OpenTaskGroup group = groups.open("group")) {
            JoinLatchTest.setForked(((OwnedGroup) group).latch(), JoinLatch.MOST_FORKS);
            assertThatThrownBy(() -> group.fork(() -> 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Group 'group' has forked " + JoinLatch.MOST_FORKS + " tasks, and cannot count more");
            assertThat(carrier.discarded()).isEqualTo(1);
            assertThat(group.liveTasks()).isZero();
            group.join();
        }
    }

    @Test
    void anErrorOfTheExecutorComesAsItselfAndTheGroupGoesOn() throws InterruptedException {
        OutOfMemoryError error = new OutOfMemoryError("no thread");
        boolean[] broken = {true};
        TaskGroupFactory groups = TaskGroupFactory.builder()
                .executor(task -> {
                    if (broken[0]) {
                        throw error;
                    }
                    task.run();
                })
                .contextCarrier(carrier)
                .build();
        groups.run("group", group -> {
            assertThatThrownBy(() -> group.fork(() -> 1)).isSameAs(error);
            broken[0] = false;
            assertThat(group.fork(() -> 2).await()).isEqualTo(2);
            assertThat(group.liveTasks()).isZero();
        });
        assertThat(carrier.discarded()).isEqualTo(1);
    }

    /** Else its wait would be measured: of a task that was never forked. */
    @Test
    void aTaskThatItsExecutorRejectsHasNotWaited() throws InterruptedException {
        List<Duration> waits = new ArrayList<>();
        TaskGroupFactory groups = TaskGroupFactory.builder()
                .executor(task -> {
                    throw new RejectedExecutionException("full");
                })
                .observer(new TaskGroupObserver() {
                    @Override
                    public void taskEnded(Task<?> task, Duration ran) {
                        waits.add(task.waited());
                    }
                })
                .build();
        groups.run(
                "group",
                group -> assertThatThrownBy(() -> group.fork(() -> 1)).isInstanceOf(RejectedExecutionException.class));
        assertThat(waits).containsExactly(Duration.ZERO);
    }

    @Test
    void aTaskThatIsCancelledWithItsGroupWhileItsExecutorRejectsItIsReturned() throws InterruptedException {
        TaskGroup[] opened = new TaskGroup[1];
        TaskGroupFactory groups = TaskGroupFactory.builder()
                .executor(task -> {
                    opened[0].cancel();
                    throw new RejectedExecutionException("full");
                })
                .contextCarrier(carrier)
                .build();
        try (OpenTaskGroup group = groups.open("group")) {
            opened[0] = group;
            Task<Integer> task = group.fork(() -> 1);
            assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
            assertThat(carrier.discarded()).isEqualTo(1);
            group.join();
        }
    }

    /** It tries to hand on its work: what it gets is a CancellationException, though not one of its own group. */
    @Test
    void aTaskThatIsRefusedByAnotherGroupIsCancelledWithThatGroupsReason() throws InterruptedException {
        TaskGroupFactory groups = TaskGroupFactory.create();
        TaskGroup[] other = new TaskGroup[1];
        groups.run(TaskGroupOptions.named("group").withPolicy(JoinPolicy.noFailures()), group -> {
            Gate gate = new Gate();
            group.fork(() -> groups.run("other", inner -> {
                other[0] = inner;
                inner.cancel("closed early");
                gate.passStubbornly();
            }));
            gate.awaitArrival();
            Task<?> task = group.fork("task", () -> other[0].fork(() -> 1).await());
            OnThreads.awaitUntil(() -> task.state().isTerminal());
            gate.open();
            assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
            assertThatThrownBy(task::result)
                    .isInstanceOfSatisfying(
                            TaskCancelledException.class,
                            cancelled ->
                                    assertThat(cancelled.reason().message()).isEqualTo("closed early"));
        });
    }
}
