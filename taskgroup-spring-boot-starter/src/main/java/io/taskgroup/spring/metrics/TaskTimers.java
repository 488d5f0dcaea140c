package io.taskgroup.spring.metrics;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.taskgroup.Task;
import io.taskgroup.TaskState;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The timers of the tasks of one group name. Each is looked up in the registry once. */
final class TaskTimers {
    private final GroupRegistry registry;
    private final Timer wait;
    private final Map<End, Timer> runs = new ConcurrentHashMap<>();
    private volatile @Nullable Timer successes; // the one that most tasks need, at hand

    /** The tags of a task's run. */
    private record End(TaskState state, @Nullable Class<?> exception) {}

    TaskTimers(GroupRegistry registry) {
        this.registry = registry;
        this.wait = registry.timer(
                "taskgroup.tasks.wait", "Time from the fork of a task to its start, or to its end without one");
    }

    void ended(Task<?> task, Duration ran) {
        TaskState state = task.state();
        Duration waited = task.waited();
        if (!waited.isZero()) { // else its executor refused it: as if it had never been forked
            wait.record(waited);
        }
        if (state == TaskState.SUCCEEDED) {
            successes().record(ran);
        } else if (!ran.isZero() || state == TaskState.FAILED) { // a task that never ran fails if its executor breaks
            End end = new End(state, task.exception().map(Throwable::getClass).orElse(null));
            runs.computeIfAbsent(end, this::runs).record(ran);
        }
    }

    private Timer successes() {
        Timer known = successes;
        if (known == null) {
            known = runs(new End(TaskState.SUCCEEDED, null));
            successes = known;
        }
        return known;
    }

    private Timer runs(End end) {
        return registry.timer(
                "taskgroup.tasks",
                "Time that a task ran",
                Tag.of("outcome", value(end.state())),
                Tag.of("exception", value(end.exception())));
    }

    private static String value(TaskState state) {
        return switch (state) {
            case SUCCEEDED -> "success";
            case FAILED -> "failure";
            case CANCELLED -> "cancelled";
            case PENDING, RUNNING -> throw new IllegalArgumentException("a task that is " + state + " has not ended");
        };
    }

    private static boolean isOfTheLibraryAlone(Class<?> exception) {
        return exception.getPackage() == Task.class.getPackage() && !Modifier.isPublic(exception.getModifiers());
    }

    private static String value(@Nullable Class<?> exception) {
        if (exception == null) {
            return "none";
        }
        boolean isNameless = exception.isAnonymousClass() || isOfTheLibraryAlone(exception);
        return isNameless ? value(exception.getSuperclass()) : exception.getSimpleName();
    }
}
