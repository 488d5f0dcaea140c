package io.taskgroup;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The members of a roster that are waiting to be begun, as threads see them that have time to do so.
 *
 * <pre>
 * empty -> filled   added, after the member can be seen to wait
 * filled -> empty   next, when a look found nothing; and then it looks once more, for what was added meanwhile
 * </pre>
 */
final class Backlog<E extends Roster.Member> {
    private final Roster<E> members;
    private final Predicate<? super E> waits;
    private volatile boolean filled;

    Backlog(Roster<E> members, Predicate<? super E> waits) {
        this.members = members;
        this.waits = waits;
    }

    /** A member waits from now on. */
    void added() {
        if (!filled) {
            filled = true;
        }
    }

    /** Returns one that waits, about in the order in which they came; another thread may begin it first. */
    @Nullable
    E next() {
        if (!filled) {
            return null;
        }
        E next = members.next(waits);
        if (next == null) {
            filled = false;
            next = members.next(waits);
            if (next != null) {
                filled = true;
            }
        }
        return next;
    }

    /** Returns whether another one waits, beside the one that {@link #next} has just given. */
    boolean hasOther(E given) {
        return filled && members.hasOther(given, waits);
    }
}
