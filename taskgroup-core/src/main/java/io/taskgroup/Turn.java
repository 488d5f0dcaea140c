package io.taskgroup;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Items are handled one at a time, in the order they came, and nobody waits: the thread that brings an item when the
 * turn is free takes the turn and handles what others bring meanwhile.
 *
 * <pre>
 * for (E item = turn.take(mine); item != null; item = turn.next()) {
 *     handle(item);
 * }
 * </pre>
 *
 * <p>No lock is held while an item is handled. Whoever has the turn must ask {@link #next} until it gives null.
 */
final class Turn<E> {
    private @Nullable Queue<E> waiting; // most groups never need it
    private boolean taken;

    /** Returns the item if the calling thread now has the turn; null if whoever has it will handle the item. */
    synchronized @Nullable E take(E item) {
        if (taken) {
            if (waiting == null) {
                waiting = new ArrayDeque<>();
            }
            waiting.add(item);
            return null;
        }
        taken = true;
        return item;
    }

    /** Returns the next item, or null and the turn is free. */
    synchronized @Nullable E next() {
        E item = waiting == null ? null : waiting.poll();
        taken = item != null;
        return item;
    }
}
