package io.taskgroup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is alive: members come and go in one step each, from any thread and without a lock, and can be looked through at
 * any time. A member that has left is let go of at once.
 *
 * <p>Members sit in slots. A slot's number stays the same for ever, for slots are added in segments that are never moved:
 * the first has eight, each further one as many as there are before it. There are eight slots, or at most four times
 * as many as there ever were members at the same time.
 *
 * <pre>
 * slot: free  -> taken   add, one of those that try
 * slot: taken -> free    remove, by the one that was told the slot
 * </pre>
 */
final class Roster<E> {
    private static final int FIRST_SEGMENT = 8;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

    private final ObjIntConsumer<? super E> placed;
    private volatile Object[][] segments = {new Object[FIRST_SEGMENT]};
    private int cursor; // where a free slot is likely: a hint, so threads may overwrite each other's
    private int lookedAt; // where the last look has ended: a hint too

    Roster() {
        this((member, slot) -> {});
    }

    /**
     * A roster whose members know their slots.
     *
     * @param placed tells a member its slot before anyone can see it there; the last call is the one that counts
     */
    Roster(ObjIntConsumer<? super E> placed) {
        this.placed = placed;
    }

    /**
     * Adds a member.
     *
     * @return its slot
     */
    int add(E member) {
        Object[][] all = segments;
        int slot = cursor;
        for (int passed = 0; ; passed++, slot++) {
            if (passed > slots(all) / 2) {
                slot = slots(all);
                all = grow(all);
                passed = 0;
            }
            slot &= slots(all) - 1;
            Object[] segment = segment(all, slot);
            if (segment[offset(slot)] == null) {
                placed.accept(member, slot);
                if (SLOT.compareAndSet(segment, offset(slot), null, member)) {
                    cursor = slot + 1;
                    return slot;
                }
            }
        }
    }

    /** Removes the member that {@link #add} gave this slot. */
    void remove(int slot) {
        SLOT.setRelease(segment(segments, slot), offset(slot), null);
    }

    /** Returns the members, in the order of their slots. */
    List<E> members() {
        List<E> members = new ArrayList<>();
        for (Object[] segment : segments) {
            for (int offset = 0; offset < segment.length; offset++) {
                E member = member(segment, offset);
                if (member != null) {
                    members.add(member);
                }
            }
        }
        return members;
    }

    /** Returns a member that is wanted, the next one after that of the last call; null if there is none. */
    @Nullable
    E next(Predicate<? super E> wanted) {
        for (int slot = find(wanted); slot >= 0; slot = find(wanted)) {
            E member = member(segment(segments, slot), offset(slot));
            if (member != null) { // else it has just left
                lookedAt = slot + 1;
                return member;
            }
        }
        return null;
    }

    /** Returns whether there is a member that is wanted; looks first where {@link #next} would. */
    boolean any(Predicate<? super E> wanted) {
        return find(wanted) >= 0;
    }

    private int find(Predicate<? super E> wanted) {
        Object[][] all = segments;
        int start = lookedAt & slots(all) - 1;
        int slot = find(all, start, slots(all), wanted);
        return slot >= 0 ? slot : find(all, 0, start, wanted);
    }

    private int find(Object[][] all, int from, int to, Predicate<? super E> wanted) {
        int slot = from;
        while (slot < to) {
            Object[] segment = segment(all, slot);
            for (int offset = offset(slot); offset < segment.length && slot < to; offset++, slot++) {
                E member = member(segment, offset);
                if (member != null && wanted.test(member)) {
                    return slot;
                }
            }
        }
        return -1;
    }

    /** Returns how many members there are. */
    int size() {
        int size = 0;
        for (Object[] segment : segments) {
            for (int offset = 0; offset < segment.length; offset++) {
                if (member(segment, offset) != null) {
                    size++;
                }
            }
        }
        return size;
    }

    /** Returns how many slots there are. */
    int slots() {
        return slots(segments);
    }

    @SuppressWarnings("unchecked")
    private @Nullable E member(Object[] segment, int offset) {
        return (E) SLOT.getAcquire(segment, offset);
    }

    /** Adds a segment, unless another thread has done so since {@code seen}. */
    private synchronized Object[][] grow(Object[][] seen) {
        if (segments == seen) {
            Object[][] more = Arrays.copyOf(seen, seen.length + 1);
            more[seen.length] = new Object[slots(seen)];
            segments = more;
        }
        return segments;
    }

    private static int slots(Object[][] segments) {
        return FIRST_SEGMENT << (segments.length - 1);
    }

    /** Slots 0 to 7 are in the first segment, 8 to 15 in the second, 16 to 31 in the third. */
    private static Object[] segment(Object[][] segments, int slot) {
        return segments[Integer.SIZE - Integer.numberOfLeadingZeros(slot / FIRST_SEGMENT)];
    }

    private static int offset(int slot) {
        return slot < FIRST_SEGMENT ? slot : slot - Integer.highestOneBit(slot);
    }
}
