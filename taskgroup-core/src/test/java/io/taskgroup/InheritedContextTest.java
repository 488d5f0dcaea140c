package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Rule 11: a context that new threads inherit is restored on every thread that may be another's. */
@Timeout(60)
class InheritedContextTest {
    private final AtomicInteger restored = new AtomicInteger();
    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final TaskGroupOptions group = TaskGroupOptions.named("group");

    private final ContextCarrier inherited = () -> new ContextCarrier.Captured() {
        @Override
        public boolean isInherited() {
            return true;
        }

        @Override
        public <T> T call(Callable<T> task) throws Exception {
            restored.incrementAndGet();
            return task.call();
        }
    };

    @AfterEach
    void shutdown() {
        pool.shutdown();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void isNotRestoredOnAVirtualThreadThatTheForkingThreadStarts() throws InterruptedException {
        run(TaskGroupFactory.builder().virtualThreads(), group);
        assertThat(restored).hasValue(0);
    }

    /** The thread of a late task is started by the task that makes room. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void isRestoredWhereAnotherThreadStartsTheTask() throws InterruptedException {
        run(TaskGroupFactory.builder().virtualThreads(), group.withMaxConcurrency(1));
        assertThat(restored).hasValue(3);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void isRestoredWhereTasksFollowEachOtherOnAThread() throws InterruptedException {
        run(TaskGroupFactory.builder().virtualThreads().reuseThreads(), group);
        assertThat(restored).hasValue(3);
    }

    @Test
    void isRestoredOnPooledThreads() throws InterruptedException {
        run(TaskGroupFactory.builder().platformThreads(), group);
        assertThat(restored).hasValue(3);
    }

    @Test
    void isRestoredOnThreadsOfTheApplication() throws InterruptedException {
        run(TaskGroupFactory.builder().executor(pool), group);
        run(TaskGroupFactory.builder().executor(Runnable::run), group);
        run(TaskGroupFactory.builder().threadFactory(Thread::new), group);
        assertThat(restored).hasValue(9);
    }

    private void run(TaskGroupFactory.Builder builder, TaskGroupOptions options) throws InterruptedException {
        try (TaskGroupFactory groups = builder.contextCarrier(inherited).build()) {
            groups.run(options, group -> {
                for (int i = 0; i < 3; i++) {
                    group.fork(() -> {});
                }
            });
        }
    }
}
