package io.taskgroup;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * All observers of a factory, wrapped once at the door. This is the only class that calls them. One that throws is
 * logged and left out from then on.
 *
 * <p>What happens to tasks is told only to those that override the method of the event, which is found out once. So an
 * observer that cares for groups costs a task nothing.
 */
final class Observers {
    private final List<Guarded> all;
    private final List<Guarded> ofJoins;
    private final List<Guarded> ofForks;
    private final List<Guarded> ofStarts;
    private final List<Guarded> ofRequests;
    private final List<Guarded> ofFailures;
    private final List<Guarded> ofStops;
    private final List<Guarded> ofEnds;

    // asked for every task
    private final boolean needForks;
    private final boolean needStarts;
    private final boolean needStops;
    private final boolean needEnds;
    private final boolean needTimes;

    Observers(List<TaskGroupObserver> observers) {
        all = observers.stream().map(Guarded::new).toList();
        ofJoins = thoseThatOverride("groupJoined");
        ofForks = thoseThatOverride("taskForked");
        ofStarts = thoseThatOverride("taskStarted");
        ofRequests = thoseThatOverride("taskCancelRequested");
        ofFailures = thoseThatOverride("taskFailed");
        ofStops = thoseThatOverride("taskStopped");
        ofEnds = thoseThatOverride("taskEnded");
        needForks = !ofForks.isEmpty();
        needStarts = !ofStarts.isEmpty();
        needStops = !ofStops.isEmpty();
        needEnds = !ofEnds.isEmpty();
        needTimes = needStarts || needEnds;
    }

    private List<Guarded> thoseThatOverride(String event) {
        return all.stream().filter(one -> one.overrides(event)).toList();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Returns whether somebody is told of forks. */
    boolean needForks() {
        return needForks;
    }

    /** Returns whether somebody is told of starts. */
    boolean needStarts() {
        return needStarts;
    }

    /** Returns whether somebody is told how long tasks wait or run. */
    boolean needTimes() {
        return needTimes;
    }

    /** Returns whether somebody is told how long tasks take to stop. */
    boolean needStops() {
        return needStops;
    }

    /** Returns whether somebody is told of the end of every task. */
    boolean needEnds() {
        return needEnds;
    }

    void groupOpened(TaskGroup group) {
        tell(all, observer -> observer.groupOpened(group));
    }

    void groupCancelled(TaskGroup group, CancelReason reason) {
        tell(all, observer -> observer.groupCancelled(group, reason));
    }

    void groupJoined(TaskGroup group) {
        tell(ofJoins, observer -> observer.groupJoined(group));
    }

    void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {
        tell(all, observer -> observer.groupClosed(group, outcome, elapsed));
    }

    void taskForked(Task<?> task) {
        tell(ofForks, observer -> observer.taskForked(task));
    }

    void taskStarted(Task<?> task, Duration waited) {
        tell(ofStarts, observer -> observer.taskStarted(task, waited));
    }

    void taskCancelRequested(Task<?> task, CancelReason reason) {
        tell(ofRequests, observer -> observer.taskCancelRequested(task, reason));
    }

    void taskFailed(Task<?> task, Throwable exception) {
        tell(ofFailures, observer -> observer.taskFailed(task, exception));
    }

    void taskStopped(Task<?> task, CancelReason reason, Duration sinceRequest) {
        tell(ofStops, observer -> observer.taskStopped(task, reason, sinceRequest));
    }

    void taskEnded(Task<?> task, Duration ran) {
        tell(ofEnds, observer -> observer.taskEnded(task, ran));
    }

    void taskStraggling(Task<?> task, Duration sinceCancel, Thread thread) {
        tell(all, observer -> observer.taskStraggling(task, sinceCancel, thread));
    }

    private static void tell(List<Guarded> audience, Consumer<TaskGroupObserver> event) {
        if (!audience.isEmpty()) {
            CancelScope.runInLibrary(() -> {
                for (int i = 0; i < audience.size(); i++) {
                    audience.get(i).tell(event);
                }
            });
        }
    }

    private static final class Guarded {
        private final TaskGroupObserver observer;
        private volatile boolean leftOut;

        Guarded(TaskGroupObserver observer) {
            this.observer = observer;
        }

        boolean overrides(String event) {
            Method method = Arrays.stream(TaskGroupObserver.class.getMethods())
                    .filter(declared -> declared.getName().equals(event))
                    .findAny()
                    .orElseThrow();
            try {
                return observer.getClass()
                                .getMethod(event, method.getParameterTypes())
                                .getDeclaringClass()
                        != TaskGroupObserver.class;
            } catch (NoSuchMethodException | LinkageError unknown) {
                return true; // as in a native image that does not know the class by reflection
            }
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
