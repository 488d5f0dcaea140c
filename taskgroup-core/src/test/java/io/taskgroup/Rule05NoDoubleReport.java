package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Rule 5: a failed task never reports twice, and no exception suppresses itself. */
interface Rule05NoDoubleReport extends OnThreads {
    @Test
    default void aBodyThatRethrowsTheCauseOfAFailedAwaitReportsItOnce() {
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups().run("group", group -> {
                    Task<Void> bad = group.fork("bad", () -> {
                        throw new IllegalStateException("no seats");
                    });
                    try {
                        bad.await();
                    } catch (TaskFailedException e) {
                        throw (IllegalStateException) e.getCause();
                    }
                }));
        assertThat(failed.failures()).hasSize(1);
        assertThat(failed.getSuppressed()).isEmpty();
    }

    @Test
    default void oneThrowableOfThreeTasksIsTheCauseAndNotSuppressed() {
        IllegalStateException shared = new IllegalStateException("shared");
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups().run(TaskGroupOptions.named("group").withPolicy(Policies.NEVER_CONTENT), group -> {
                    for (String name : new String[] {"a", "b", "c"}) {
                        group.fork(name, () -> {
                            throw shared;
                        });
                    }
                }));
        assertThat(failed.failures()).hasSize(3);
        assertThat(failed).hasCause(shared);
        assertThat(failed.getSuppressed()).isEmpty();
    }

    @Test
    default void aBodyThatWrapsATasksFailureMakesNoCycle() {
        IllegalArgumentException wrapper = catchThrowableOfType(
                IllegalArgumentException.class,
                () -> groups().run(TaskGroupOptions.named("group").withPolicy(Policies.TOLERANT), group -> {
                    Task<Void> bad = group.fork("bad", () -> {
                        throw new IllegalStateException("no seats");
                    });
                    try {
                        bad.await();
                    } catch (TaskFailedException e) {
                        throw new IllegalArgumentException("wrapped", e);
                    }
                }));
        StringWriter text = new StringWriter();
        wrapper.printStackTrace(new PrintWriter(text));
        assertThat(wrapper.getSuppressed()).hasSize(1);
        assertThat(text.toString()).contains("no seats");
    }

    @Test
    default void aJoinFailureThatEscapesTheBodyIsNotListedInItself() {
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups().run("group", group -> {
                    group.fork("bad", () -> {
                        throw new IllegalStateException("no seats");
                    });
                    group.join();
                }));
        assertThat(failed.failures()).extracting(TaskFailure::taskName).containsExactly("bad");
        assertThat(failed.getSuppressed()).isEmpty();
    }

    @Test
    default void aTaskThatAwaitsAFailingSiblingReportsNothingOfItsOwn() {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        Task<?>[] waiting = new Task<?>[1];
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups().run("group", group -> {
                    Task<Void> bad = group.fork("bad", () -> {
                        gate.pass();
                        throw new IllegalStateException("no seats");
                    });
                    waiting[0] = group.fork("waiting", () -> {
                        gate.open();
                        bad.await();
                    });
                }));
        assertThat(failed.failures()).extracting(TaskFailure::taskName).containsExactly("bad");
        assertThat(waiting[0].state()).isEqualTo(TaskState.CANCELLED);
        assertThat(waiting[0].exception().orElseThrow()).isInstanceOf(TaskFailedException.class);
    }

    @Test
    default void aTaskThatNobodyAskedToStopFailsWithWhatItAwaited() throws InterruptedException {
        needsTasksAtOnce(1);
        groups().run(TaskGroupOptions.named("group").withPolicy(JoinPolicy.awaitAll()), group -> {
            Task<Void> bad = group.fork("bad", () -> {
                throw new IllegalStateException("no seats");
            });
            Task<Void> waiting = group.fork("waiting", () -> bad.await());
            group.join();
            assertThat(waiting.state()).isEqualTo(TaskState.FAILED);
        });
    }
}
