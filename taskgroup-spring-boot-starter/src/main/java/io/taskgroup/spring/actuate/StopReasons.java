package io.taskgroup.spring.actuate;

import io.taskgroup.CancelReason;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupObserver;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Why live tasks were asked to stop. The live tree says only that they were. */
final class StopReasons implements TaskGroupObserver {
    private final Map<Long, CancelReason> byTask = new ConcurrentHashMap<>();

    @Override
    public void taskCancelRequested(Task<?> task, CancelReason reason) {
        byTask.put(task.id(), reason);
    }

    /** Comes for every task that was asked, and after that. */
    @Override
    public void taskStopped(Task<?> task, CancelReason reason, Duration sinceRequest) {
        byTask.remove(task.id());
    }

    /** Returns why a task was asked to stop; empty if it was not, or has ended. */
    Optional<CancelReason> ofTask(long id) {
        return Optional.ofNullable(byTask.get(id));
    }
}
