package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

class ContractOnOneThreadTest extends TaskGroupContract {
    private final ExecutorService pool = Executors.newSingleThreadExecutor();

    @Override
    public TaskGroupFactory.Builder builder() {
        return TaskGroupFactory.builder().executor(pool);
    }

    @Override
    int tasksAtOnce() {
        return 1;
    }

    @Override
    void shutdown() throws InterruptedException {
        pool.shutdown();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
}
