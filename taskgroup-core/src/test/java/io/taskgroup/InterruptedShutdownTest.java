package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An interrupt of the thread that shuts a factory down ends its patience, not the wait for what it has cancelled. */
@Timeout(60)
class InterruptedShutdownTest {
    private final Gate gate = new Gate();
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().threadFactory(Thread::new).build();
    private final FutureTask<Task<?>> open = new FutureTask<>(() -> {
        Task<?>[] forked = new Task<?>[1];
        try {
            groups.run("open", group -> forked[0] = group.fork(gate::passStubbornly));
        } catch (TaskGroupCancelledException shutDown) {
            // as expected
        }
        return forked[0];
    });

    @AfterEach
    void noInterruptIsLeft() {
        assertThat(Thread.interrupted()).isFalse();
    }

    private void openGroup() throws InterruptedException {
        new Thread(open).start();
        gate.awaitArrival();
    }

    /** Lets the task, which ignores that it is cancelled, go on once it is. */
    private void openGateWhenCancelled() {
        new Thread(() -> {
                    OnThreads.awaitUntil(() -> groups.snapshot().stream()
                            .allMatch(group -> group.cancelReason().isPresent()));
                    gate.open();
                })
                .start();
    }

    @Test
    void aShutdownThatIsInterruptedCancelsWhatIsOpenWaitsForItAndThrows() throws Exception {
        openGroup();
        openGateWhenCancelled();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> groups.shutdown(Duration.ofHours(1)))
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("the groups that were open have ended");
        assertThat(groups.snapshot()).isEmpty();
        assertThat(open.get().isCancelRequested()).isTrue();
    }

    @Test
    void aShutdownThatIsInterruptedWhileItWaitsForWhatItHasCancelledWaitsOn() throws Exception {
        openGroup();
        FutureTask<Boolean> shutdown = new FutureTask<>(() -> groups.shutdown(Duration.ZERO));
        Thread closing = new Thread(shutdown);
        closing.start();
        OnThreads.awaitUntil(() -> closing.getState() == Thread.State.TIMED_WAITING);
        closing.interrupt();
        OnThreads.awaitUntil(() -> !closing.isInterrupted() && closing.getState() == Thread.State.TIMED_WAITING);
        assertThat(shutdown.isDone()).isFalse();
        gate.open();
        assertThatThrownBy(shutdown::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(groups.snapshot()).isEmpty();
    }

    @Test
    void aCloseThatIsInterruptedWaitsAndLeavesTheFlagSet() throws Exception {
        openGroup();
        openGateWhenCancelled();
        Thread.currentThread().interrupt();
        groups.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(groups.snapshot()).isEmpty();
        assertThat(open.get().state()).isEqualTo(TaskState.SUCCEEDED);
    }
}
