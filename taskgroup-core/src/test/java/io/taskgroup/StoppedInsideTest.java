package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the library did itself inside a group is no interrupt from outside, and what fails late or deep inside is told. */
@Timeout(60)
class StoppedInsideTest {
    private final Trail trail = new Trail();
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().executor(Runnable::run).observer(trail).build();

    @AfterEach
    void noInterruptIsLeft() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aTaskOnTheOwnersThreadWhoseOwnGroupWasCancelledDoesNotInterruptTheOwner() {
        assertThatThrownBy(() -> groups.run("outer", outer -> {
                    outer.fork(
                            "task",
                            () -> groups.call("inner", inner -> {
                                inner.cancel();
                                new Gate().pass();
                                return "never";
                            }));
                }))
                .isInstanceOf(TaskGroupException.class);
        assertThat(trail.steps()).contains("cancelled outer TASK_CANCELLED");
    }

    @Test
    void aGroupThatWasStoppedInsideAnOpenGroupDoesNotInterruptTheBlockAround() {
        assertThatThrownBy(() -> groups.run("around", around -> {
                    try (OpenTaskGroup open = groups.open("open")) {
                        groups.run("inside", inside -> {
                            open.cancel();
                            new Gate().pass();
                        });
                    }
                }))
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("PARENT_CANCELLED");
        assertThat(trail.steps()).contains("cancelled around BODY_FAILED");
    }

    @Test
    void aCallbackThatIsAddedAfterTheLastJoinAndFailsIsThrownByClose() {
        IllegalStateException broken = new IllegalStateException("broken");
        assertThatThrownBy(() -> {
                    try (OpenTaskGroup group = groups.open("group")) {
                        Task<Integer> task = group.fork("task", () -> 1);
                        group.join();
                        task.onCompletion(ended -> {
                            throw broken;
                        });
                    }
                })
                .isInstanceOf(TaskGroupException.class)
                .hasCause(broken);
    }

    @Test
    void anErrorThatJoinHasThrownIsNotThrownOnceMoreByCloseAndTellsWhatFailedSince() {
        OutOfMemoryError error = new OutOfMemoryError("thrown by hand");
        IllegalStateException broken = new IllegalStateException("broken");
        Throwable thrown = catchThrowable(() -> {
            try (OpenTaskGroup group = groups.open("group")) {
                Task<Void> task = group.fork("fatal", () -> {
                    throw error;
                });
                try {
                    group.join();
                } finally {
                    task.onCompletion(ended -> {
                        throw broken;
                    });
                }
            }
        });
        assertThat(thrown).isSameAs(error);
        assertThat(new Told(thrown, List.of()).has(broken)).isTrue();
    }

    @Test
    void aReportThatRepeatsAFatalErrorIsSuppressedInItWithoutTheRepetition() {
        OutOfMemoryError error = new OutOfMemoryError("thrown by hand");
        IllegalStateException beside = new IllegalStateException("failed beside it");
        TaskGroupException report = new TaskGroupException(
                "inner",
                List.of(
                        new TaskFailure("waiter", new TaskFailedException("it failed", error)),
                        new TaskFailure("other", beside)));
        Throwable thrown = catchThrowable(() ->
                groups.run(TaskGroupOptions.named("group").withPolicy(JoinPolicy.awaitAll()), group -> {
                    group.fork("report", () -> {
                        throw report;
                    });
                    group.fork("fatal", () -> {
                        throw error;
                    });
                }));
        assertThat(thrown).isSameAs(error);
        Told told = new Told(thrown, List.of());
        assertThat(told.has(beside)).isTrue();
        assertThat(told.isCyclic()).isFalse();
    }
}
