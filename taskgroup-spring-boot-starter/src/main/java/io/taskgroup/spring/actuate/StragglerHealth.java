package io.taskgroup.spring.actuate;

import io.taskgroup.CancelReason;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupObserver;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Knows the tasks that are reported as stragglers and still run. One that was asked to stop longer ago than
 * {@link #PATIENCE} means that something in the application hangs and does not answer an interrupt.
 */
final class StragglerHealth implements TaskGroupObserver {
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private final Map<Task<?>, Long> askedToStopNanos = new ConcurrentHashMap<>();

    StragglerHealth(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void taskStraggling(Task<?> task, Duration sinceCancel, Thread thread) {
        askedToStopNanos.putIfAbsent(task, nanoTime.getAsLong() - sinceCancel.toNanos());
        if (task.state().isTerminal()) {
            askedToStopNanos.remove(task); // it ended meanwhile, and its end may have been told already
        }
    }

    @Override
    public void taskStopped(Task<?> task, CancelReason reason, Duration sinceRequest) {
        askedToStopNanos.remove(task);
    }

    /** Returns a sentence for each task that was asked to stop too long ago; the oldest first. */
    List<String> complaints() {
        long now = nanoTime.getAsLong();
        return askedToStopNanos.entrySet().stream()
                .map(entry -> new Straggler(entry.getKey(), Duration.ofNanos(now - entry.getValue())))
                .filter(straggler -> straggler.sinceAsked().compareTo(PATIENCE) > 0)
                .sorted(Comparator.comparing(Straggler::sinceAsked).reversed())
                .map(Straggler::sentence)
                .toList();
    }

    private record Straggler(Task<?> task, Duration sinceAsked) {
        String sentence() {
            return "task '" + task.name() + "' #" + task.id() + " of group '"
                    + task.group().name() + "' #" + task.group().id() + " was asked to stop " + sinceAsked.toSeconds()
                    + " s ago and still runs";
        }
    }
}
