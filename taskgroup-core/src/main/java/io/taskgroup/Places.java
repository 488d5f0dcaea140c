package io.taskgroup;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The places of a group with a limit: a task needs one to be handed to a thread. The others wait here, in fork order. */
final class Places {
    private final Queue<ForkedTask<?>> waiting = new ArrayDeque<>();
    private final Map<ForkedTask<?>, Relay> dispatching = new ConcurrentHashMap<>();
    private int free;

    /**
     * A thread that dispatches a task, and after that the one that has inherited its place if the executor has run it on
     * this very thread: one after the other, and not each inside the one before.
     */
    private static final class Relay {
        private final Thread thread = Thread.currentThread();
        private @Nullable ForkedTask<?> next;
    }

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
        if (heir == null) {
            return;
        }
        Relay running = dispatching.get(task);
        if (running != null && running.thread == Thread.currentThread()) {
            running.next = heir;
        } else {
            dispatch(heir, dispatch);
        }
    }

    private void dispatch(ForkedTask<?> first, Consumer<ForkedTask<?>> dispatch) {
        Relay relay = new Relay();
        for (ForkedTask<?> task = first; task != null; task = relay.next) {
            relay.next = null;
            dispatching.put(task, relay);
            try {
                dispatch.accept(task);
            } finally {
                dispatching.remove(task);
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
