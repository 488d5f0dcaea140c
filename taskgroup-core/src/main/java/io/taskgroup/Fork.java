package io.taskgroup;

import io.taskgroup.ContextCarrier.Captured;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The fork of one task: its context is captured, the group's books have it, observers know of it, and a thread is found. */
final class Fork {
    private Fork() {}

    static <T> Task<T> start(OwnedGroup group, @Nullable String name, Callable<? extends T> code) {
        Ledger ledger = group.ledger();
        ledger.checkOpen();
        ForkedTask<T> task = new ForkedTask<>(group, facts(group, name), code);
        try {
            ledger.admit(task);
        } catch (RuntimeException refused) {
            task.neverRuns();
            group.owner().unpark(); // it may have seen the task counted for a moment
            throw refused;
        }
        if (group.observers().needForks()) {
            task.announceFork();
        }
        CancelReason why = ledger.reason();
        if (why != null) {
            task.requestStop(why, System.nanoTime()); // whoever cancelled the group may have missed it
        }
        group.dispatcher().dispatch(task);
        return task;
    }

    @SuppressWarnings("NullAway") // the value of Callable<Void>
    static Callable<Void> callable(TaskAction task) {
        Objects.requireNonNull(task, "task");
        return () -> {
            task.run();
            return null;
        };
    }

    /** Returns what must be known of a task from its fork on; null for a task that has nothing to be known. */
    private static @Nullable TaskFacts facts(OwnedGroup group, @Nullable String name) {
        Engine engine = group.engine();
        Captured context = Context.capture(engine.carriers(), group.dispatcher().startsThreads());
        boolean isWatched =
                engine.observers().needTimes() || engine.openGroups().areWatched() || FlightRecords.areTasksRecorded();
        return name == null && context == null && !isWatched
                ? null
                : new TaskFacts(
                        name,
                        context,
                        isWatched ? System.nanoTime() : group.clock().openedNanos());
    }
}
