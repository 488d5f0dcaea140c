package io.taskgroup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
 *
 * <pre>
 * FREE          -> TAKEN         take: the thread handles its own item
 * TAKEN, chain  -> longer chain  take: who has the turn will handle the item
 * chain         -> TAKEN         next: who has the turn gets all that were brought, the first one first
 * TAKEN         -> FREE          next, when there is nothing left
 * </pre>
 */
final class Turn<E> {
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Turn.class, "state", Brought.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** One item of a chain. */
    private static final class Brought<E> {
        private final @Nullable E item;
        private @Nullable Brought<E> next;

        Brought(@Nullable E item, @Nullable Brought<E> next) {
            this.item = item;
            this.next = next;
        }
    }

    private static final @Nullable Brought<?> FREE = null;
    private static final Brought<?> TAKEN = new Brought<>(null, null); // and the end of every chain

    private volatile @Nullable Brought<E> state;
    private @Nullable Brought<E> fetched; // by who has the turn, in the order they came

    /** Returns the item if the calling thread now has the turn; null if whoever has it will handle the item. */
    @Nullable
    E take(E item) {
        while (true) {
            Brought<E> seen = state;
            if (STATE.compareAndSet(this, seen, seen == FREE ? TAKEN : new Brought<>(item, seen))) {
                return seen == FREE ? item : null;
            }
        }
    }

    /** Returns the next item, or null and the turn is free. */
    @SuppressWarnings("unchecked")
    @Nullable
    E next() {
        Brought<E> first = fetched;
        if (first == null) {
            if (STATE.compareAndSet(this, TAKEN, FREE)) {
                return null;
            }
            first = inOrder((Brought<E>) STATE.getAndSet(this, TAKEN));
        }
        fetched = first.next;
        return first.item;
    }

    /** Turns a chain round, in which the last that came stands first. */
    private Brought<E> inOrder(Brought<E> last) {
        Brought<E> first = last;
        Brought<E> earlier = last.next;
        first.next = null;
        while (earlier != null && earlier != TAKEN) {
            Brought<E> next = earlier.next;
            earlier.next = first;
            first = earlier;
            earlier = next;
        }
        return first;
    }
}
