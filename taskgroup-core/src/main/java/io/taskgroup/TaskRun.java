package io.taskgroup;

import io.taskgroup.ContextCarrier.Captured;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The run of one task on the thread that has claimed it, up to and including everything that follows from its end. */
final class TaskRun {
    private TaskRun() {}

    static void run(ForkedTask<?> task) {
        boolean isTimed = task.ownedGroup().observers().needTimes();
        Object event = FlightRecords.taskStarted(task);
        task.push();
        task.listenToBelow();
        try {
            Object value = null;
            Throwable thrown = null;
            if (isTimed) {
                task.facts().started();
            }
            try {
                Captured context = task.context();
                value = context == null ? callCode(task) : context.<Object>call(() -> callCode(task));
            } catch (Throwable failure) {
                thrown = failure;
            }
            IllegalStateException leftOpen = task.abandonAbove();
            if (thrown == null) {
                thrown = leftOpen;
            } else if (leftOpen != null) {
                thrown.addSuppressed(leftOpen);
            }
            if (isTimed) {
                task.facts().ended();
            }
            StopRequest request = task.leave();
            if (request != null && task.ownedGroup().observers().needStops()) {
                request.leftNow();
            }
            task.pop();
            task.startIsTold(); // if a carrier threw before it was
            TaskState ended = outcome(task, request, thrown);
            FlightRecords.taskEnded(event, task, ended);
            task.ownedGroup().settlement().ended(task, ended, thrown == null ? value : thrown);
        } finally {
            task.handBack(false);
        }
    }

    private static @Nullable Object callCode(ForkedTask<?> task) throws Exception {
        Observers observers = task.ownedGroup().observers();
        if (observers.needStarts()) {
            observers.taskStarted(task, task.facts().waited());
            task.startIsTold();
        }
        return task.code().call();
    }

    /** Rule 6: whether what the code threw is a failure, or what it was asked for. */
    private static TaskState outcome(ForkedTask<?> task, @Nullable StopRequest request, @Nullable Throwable thrown) {
        if (thrown == null) {
            return TaskState.SUCCEEDED;
        }
        GroupOwner owner = task.ownedGroup().owner();
        boolean cancelled;
        if (request != null) {
            cancelled =
                    Echo.isCancellation(thrown) || task.ownedGroup().ledger().lists(thrown);
        } else if (owner.isCaller() && Echo.isInterruption(thrown)) {
            owner.interrupted(); // the task ran on the owner's thread, and the interrupt was meant for that
            cancelled = true;
        } else {
            cancelled = thrown instanceof CancellationException;
        }
        return cancelled ? TaskState.CANCELLED : TaskState.FAILED;
    }
}
