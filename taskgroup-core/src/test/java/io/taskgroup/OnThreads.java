package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** What the tests of a rule need of the {@link ThreadKind} they run on. */
interface OnThreads {
    /** Returns a builder of factories that run tasks on this kind of thread. */
    TaskGroupFactory.Builder builder();

    /** Returns a factory that is closed after the test. */
    TaskGroupFactory groups(TaskGroupFactory.Builder builder);

    /** Skips a test that blocks so many tasks at once. */
    void needsTasksAtOnce(int tasks);

    /** Returns a factory of this kind with all defaults. */
    default TaskGroupFactory groups() {
        return groups(builder());
    }

    /** Runs an action on a thread of its own, once the gate was reached. */
    static void after(Gate gate, Runnable action) {
        Thread thread = new Thread(() -> {
            try {
                gate.awaitArrival();
                action.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** What a group failed of, so that an assertion of the body that did not hold is not taken for it. */
    static Consumer<TaskGroupException> whereOnlyFailed(String... tasks) {
        return failed -> assertThat(failed.failures())
                .extracting(TaskFailure::taskName)
                .as("what failed, of tasks and body")
                .containsExactly(tasks);
    }

    static void awaitUntil(Callable<Boolean> condition) {
        await().pollInSameThread().pollInterval(Duration.ofMillis(1)).until(condition);
    }

    /** Waits until a thread waits in the library, for a task or for a group. */
    static void awaitBlocked(Thread thread) {
        awaitUntil(() -> {
            Object blocker = LockSupport.getBlocker(thread);
            return blocker instanceof TaskGroup || blocker instanceof Task<?>;
        });
    }
}
