package io.taskgroup;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The places of a group with a limit: a task needs one to be handed to a thread. The others wait here, in fork order. */
final class Places {
    private final Queue<ForkedTask<?>> waiting = new ArrayDeque<>();
    private final Turn<ForkedTask<?>> dispatching = new Turn<>();
    private int free;

    Places(int limit) {
        free = limit;
    }

    /** Gives a task that was just forked a place, or keeps it until there is one; not if it was cancelled meanwhile. */
    synchronized boolean take(ForkedTask<?> task) {
        if (!task.isNew()) {
            return false;
        }
        if (free == 0) {
            waiting.add(task);
            return false;
        }
        free--;
        task.waitsForPlace = false;
        return true;
    }

    /** A task has ended, or never began: the one that gets its place is dispatched. */
    void pass(ForkedTask<?> task, Consumer<ForkedTask<?>> dispatch) {
        ForkedTask<?> heir = heir(task);
        if (heir != null) {
            // one after the other: a direct executor runs the heir here, and its heir, and so on
            for (ForkedTask<?> next = dispatching.take(heir); next != null; next = dispatching.next()) {
                dispatch.accept(next);
            }
        }
    }

    private synchronized @Nullable ForkedTask<?> heir(ForkedTask<?> task) {
        if (task.waitsForPlace) {
            waiting.remove(task);
            return null;
        }
        task.waitsForPlace = true;
        ForkedTask<?> heir = waiting.poll();
        if (heir == null) {
            free++;
        } else {
            heir.waitsForPlace = false;
        }
        return heir;
    }
}
