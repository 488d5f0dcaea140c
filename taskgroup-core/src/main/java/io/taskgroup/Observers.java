package io.taskgroup;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * All observers of a factory, wrapped once at the door. This is the only class that calls them. One that throws is
 * logged and left out from then on.
 */
final class Observers {
    private final List<Guarded> guarded;

    Observers(List<TaskGroupObserver> observers) {
        this.guarded = observers.stream().map(Guarded::new).toList();
    }

    boolean isEmpty() {
        return guarded.isEmpty();
    }

    void groupOpened(TaskGroup group) {
        tell(observer -> observer.groupOpened(group));
    }

    void groupCancelled(TaskGroup group, CancelReason reason) {
        tell(observer -> observer.groupCancelled(group, reason));
    }

    void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {
        tell(observer -> observer.groupClosed(group, outcome, elapsed));
    }

    void taskForked(Task<?> task) {
        tell(observer -> observer.taskForked(task));
    }

    void taskStarted(Task<?> task, Duration waited) {
        tell(observer -> observer.taskStarted(task, waited));
    }

    void taskCancelRequested(Task<?> task, CancelReason reason) {
        tell(observer -> observer.taskCancelRequested(task, reason));
    }

    void taskEnded(Task<?> task, Duration ran) {
        tell(observer -> observer.taskEnded(task, ran));
    }

    void taskStraggling(Task<?> task, Duration sinceCancel, Thread thread) {
        tell(observer -> observer.taskStraggling(task, sinceCancel, thread));
    }

    private void tell(Consumer<TaskGroupObserver> event) {
        if (!guarded.isEmpty()) {
            CancelScope.runInLibrary(() -> guarded.forEach(one -> one.tell(event)));
        }
    }

    private static final class Guarded {
        private final TaskGroupObserver observer;
        private volatile boolean leftOut;

        Guarded(TaskGroupObserver observer) {
            this.observer = observer;
        }

        void tell(Consumer<TaskGroupObserver> event) {
            if (leftOut) {
                return;
            }
            try {
                event.accept(observer);
            } catch (Throwable broken) {
                leaveOut(broken);
            }
        }

        private synchronized void leaveOut(Throwable broken) {
            if (!leftOut) {
                leftOut = true;
                Log.warn(
                        "Task group observer " + observer
                                + " threw and gets no more events; an observer must not throw",
                        broken);
            }
        }
    }
}
