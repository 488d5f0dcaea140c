package io.taskgroup.spring;

import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** A task that is sure to run on a thread of its factory. */
public final class InTask {
    private InTask() {}

    /** Returns what the code returns in a task. Does not await it: a body that awaits a task may run it itself. */
    public static <T> T inTask(TaskGroupFactory groups, Callable<T> code) throws Exception {
        return groups.<T, Exception>call("group", group -> {
            CountDownLatch ended = new CountDownLatch(1);
            Task<T> task = group.fork(code);
            task.onCompletion(end -> ended.countDown());
            ended.await();
            return task.result();
        });
    }
}
