package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

class ContractOnBoundedPoolTest extends TaskGroupContract {
    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(3, 3, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(1000));

    @Override
    public TaskGroupFactory.Builder builder() {
        return TaskGroupFactory.builder().executor(pool);
    }

    @Override
    int tasksAtOnce() {
        return 3;
    }

    @Override
    void shutdown() throws InterruptedException {
        pool.shutdown();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
}
