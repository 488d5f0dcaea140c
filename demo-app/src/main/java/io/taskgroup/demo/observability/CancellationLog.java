package io.taskgroup.demo.observability;

import io.taskgroup.CancelReason;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupObserver;
import io.taskgroup.TaskState;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells in the log which tasks were cancelled, and why. Each line carries the trace of the task's request. */
@Component
class CancellationLog implements TaskGroupObserver {
    private static final Logger LOG = LoggerFactory.getLogger(CancellationLog.class);

    @Override
    public void taskCancelRequested(Task<?> task, CancelReason reason) {
        LOG.info("Group '{}': task '{}' is asked to stop: {}", task.group().name(), task.name(), reason);
    }

    @Override
    public void taskEnded(Task<?> task, Duration ran) {
        if (task.state() == TaskState.CANCELLED) {
            LOG.info(
                    "Group '{}': task '{}' was cancelled after {} ms",
                    task.group().name(),
                    task.name(),
                    ran.toMillis());
        }
    }
}
