package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** On virtual threads from JDK 21 on, on pooled platform threads before. */
class ContractOnReusedThreadsTest extends TaskGroupContract {
    @Override
    public TaskGroupFactory.Builder builder() {
        return TaskGroupFactory.builder().reuseThreads();
    }

    @Override
    int tasksAtOnce() {
        return Integer.MAX_VALUE;
    }

    @Test
    void tasksThatDoNotBlockFollowEachOtherOnFewThreads() throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        groups().run("group", group -> {
            for (int i = 0; i < 1000; i++) {
                group.fork(() -> threads.add(Thread.currentThread()));
            }
        });
        assertThat(threads).hasSizeLessThan(500);
    }
}
