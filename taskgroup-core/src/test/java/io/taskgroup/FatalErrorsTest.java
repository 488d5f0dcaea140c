package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors of the virtual machine in tasks: the error comes as itself when all has ended, and the threads go on. */
@Timeout(60)
class FatalErrorsTest {
    private final IllegalStateException beside = new IllegalStateException("failed beside it");

    @ParameterizedTest
    @MethodSource("io.taskgroup.TaskThreads#kinds")
    void aTaskThatRunsOutOfMemoryEndsItsGroup(TaskThreads threads) throws InterruptedException {
        OutOfMemoryError error = new OutOfMemoryError("thrown by hand");
        Throwable thrown = thrownBy(threads, () -> {
            throw error;
        });
        assertThat(thrown).isSameAs(error);
        assertThat(thrown.getSuppressed()).containsExactly(beside);
    }

    /** The virtual machine makes an error of its own without room for what is suppressed: that stays in the task only. */
    @ParameterizedTest
    @MethodSource("io.taskgroup.TaskThreads#kinds")
    void aTaskWhoseStackOverflowsEndsItsGroup(TaskThreads threads) throws InterruptedException {
        assertThat(thrownBy(threads, () -> recurse(0))).isInstanceOf(StackOverflowError.class);
    }

    private static int recurse(int depth) {
        return depth < 0 ? 0 : recurse(depth + 1) + 1;
    }

    /** Returns what a group throws in which a task fails, and then another one like this. */
    private Throwable thrownBy(TaskThreads threads, TaskAction fatal) throws InterruptedException {
        ExecutorService pool = threads.pool();
        try (TaskGroupFactory groups = threads.builder(pool).build()) {
            List<Task<?>> tasks = new ArrayList<>();
            Throwable thrown = catchThrowable(() ->
                    groups.run(TaskGroupOptions.named("group").withPolicy(JoinPolicy.awaitAll()), group -> {
                        tasks.add(group.fork("beside", () -> {
                            throw beside;
                        }));
                        Throwable asItsFailure = catchThrowable(tasks.get(0)::await);
                        assertThat(asItsFailure).hasCause(beside);
                        tasks.add(group.fork("fatal", fatal));
                    }));
            assertThat(tasks).extracting(Task::state).containsOnly(TaskState.FAILED);
            assertThat(tasks.get(0).exception()).containsSame(beside);
            assertThat(groups.snapshot()).isEmpty();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            Integer next = groups.call("next", group -> group.fork(() -> 1).await());
            assertThat(next).isEqualTo(1);
            return thrown;
        } finally {
            pool.shutdownNow();
        }
    }
}
