package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 6: what a task throws because it was asked to stop is no failure; anything else is. */
interface Rule06Noise extends OnThreads {
    enum Thrown {
        INTERRUPTED(e -> e, true),
        WRAPPED(e -> new IllegalStateException("wrapped", e), true),
        DEEP(e -> new CompletionException(new RuntimeException(new RuntimeException(e))), true),
        CHANNEL(e -> new ClosedByInterruptException(), true),
        STREAM(e -> new InterruptedIOException("stream"), true),
        CANCELLATION(e -> new CancellationException("as asked"), true),
        SOCKET_TIMEOUT(e -> new SocketTimeoutException("slow peer"), false),
        OTHER(e -> new IllegalStateException("a real failure"), false);

        final Function<InterruptedException, Exception> of;
        final boolean isNoise;

        Thrown(Function<InterruptedException, Exception> of, boolean isNoise) {
            this.of = of;
            this.isNoise = isNoise;
        }
    }

    @ParameterizedTest
    @EnumSource
    default void aTaskThatWasAskedToStopEndsByWhatItThrows(Thrown thrown) {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        Exception[] sent = new Exception[1];
        Task<?>[] stopped = new Task<?>[1];
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups().run("group", group -> {
                    stopped[0] = group.fork("stopped", () -> {
                        try {
                            gate.pass();
                        } catch (InterruptedException e) {
                            sent[0] = thrown.of.apply(e);
                            throw sent[0];
                        }
                    });
                    gate.awaitArrival();
                    group.fork("bad", () -> {
                        throw new IllegalStateException("first");
                    });
                }));
        assertThat(stopped[0].state()).isEqualTo(thrown.isNoise ? TaskState.CANCELLED : TaskState.FAILED);
        assertThat(stopped[0].exception()).containsSame(sent[0]);
        assertThat(failed.failures()).hasSize(thrown.isNoise ? 1 : 2);
    }

    @Test
    default void aTaskThatReturnsAValueThoughAskedToStopSucceeds() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        groups().run("group", group -> {
            Task<String> task = group.fork("task", () -> {
                try {
                    gate.pass();
                    return "not stopped";
                } catch (InterruptedException e) {
                    return "finished all the same";
                }
            });
            gate.awaitArrival();
            group.cancel();
            group.join();
            assertThat(task.result()).isEqualTo("finished all the same");
            assertThat(task.isCancelRequested()).isTrue();
            assertThat(task.exception()).isEmpty();
        });
    }

    @Test
    default void anInterruptedExceptionThatNobodyAskedForIsAFailure() {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups().run("group", group -> {
                    Task<Void> task = group.fork("task", () -> {
                        Thread.currentThread().interrupt();
                        gate.pass();
                    });
                    OnThreads.awaitUntil(() -> task.state().isTerminal());
                }));
        assertThat(failed.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.exception()).isInstanceOf(InterruptedException.class));
    }
}
