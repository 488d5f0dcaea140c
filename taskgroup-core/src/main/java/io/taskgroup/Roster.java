package io.taskgroup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is there, in the order in which they came. Members come under the numbers 1, 2, 3, …, which the caller gives out, and
 * go; both take one step, from any thread and, but for a new page, without a lock, and anyone may look through them
 * meanwhile. A member that has gone is let go of at once.
 *
 * <p>Numbers are places on {@linkplain Page pages}, which form a list. A page that all its members have come to and
 * gone from is taken out of the list when the list has doubled: so there are at most twice as many pages as had somebody
 * at once, and a few.
 */
final class Roster<E extends Roster.Member> {
    private static final int FEW_PAGES = 4;

    /** One that can be on a roster. */
    interface Member {
        /** Tells a member its page before anyone can see it there. */
        void listedOn(Page page);
    }

    private final Page first = new Page(1, Page.SMALLEST); // is never taken out
    private volatile @Nullable Page newest; // null while there is only the first

    // hints: an old value only leads to a longer way
    private Page lookedOn = first;
    private int lookedAt;

    // guarded by the monitor
    private int pages = 1;
    private int pagesToSweepAt = FEW_PAGES;

    /**
     * Adds a member. Whoever looks after this has returned finds it, if it has not gone.
     *
     * @param number one that nobody else has, with none left out
     */
    void add(long number, E member) {
        Page page = newest();
        if (!page.has(number)) {
            page = pageOf(number);
        }
        member.listedOn(page);
        page.put(number, member);
    }

    /** Nobody comes under a number. */
    void skip(long number) {
        Page page = newest();
        if (!page.has(number)) {
            page = pageOf(number);
        }
        page.strike(number);
    }

    private Page newest() {
        Page made = newest;
        return made == null ? first : made;
    }

    private synchronized Page pageOf(long number) {
        Page page = newest().startsBy(number) ? newest() : first;
        while (!page.has(number)) {
            Page next = page.next;
            page = next != null ? next : append(page);
            if (!page.startsBy(number)) {
                throw new IllegalStateException("number " + number + " was given out before");
            }
        }
        return page;
    }

    private Page append(Page last) {
        if (pages == pagesToSweepAt) {
            sweep(last);
        }
        Page page = last.following();
        last.next = page;
        pages++;
        newest = page;
        return page;
    }

    /** Takes out the pages between the first and the last that are done with. */
    private void sweep(Page last) {
        Page kept = first;
        for (Page page = first.next; page != null && page != last; ) {
            Page next = page.next;
            if (page.isDone()) {
                kept.next = next;
                page.next = page; // after that: whoever stands there finds the list as it is now
                pages--;
            } else {
                kept = page;
            }
            page = next;
        }
        pagesToSweepAt = FEW_PAGES + 2 * pages;
    }

    /** Returns the page after one on which a look stands; that may have been taken out meanwhile. */
    private @Nullable Page after(Page page) {
        Page next = page.next;
        if (next != page) {
            return next;
        }
        next = first;
        while (next != null && next.startsBy(page.first)) {
            next = after(next);
        }
        return next;
    }

    /** Returns the members in the order of their numbers. */
    List<E> members() {
        List<E> members = new ArrayList<>();
        for (Page page = first; page != null; page = after(page)) {
            for (int place = 0; place < page.size(); place++) {
                E member = member(page, place);
                if (member != null) {
                    members.add(member);
                }
            }
        }
        return members;
    }

    /** Returns how many members there are. */
    int size() {
        int size = 0;
        for (Page page = first; page != null; page = after(page)) {
            for (int place = 0; place < page.size(); place++) {
                if (page.at(place) != null) {
                    size++;
                }
            }
        }
        return size;
    }

    /** Returns how many of the numbers up to a last one nobody has come under, and that were not skipped. */
    long toCome(long last) {
        long toCome = 0;
        long end = 0;
        for (Page page = first; page != null; page = after(page)) {
            end = page.first + page.size() - 1;
            for (int place = 0; place < page.size() && page.first + place <= last; place++) {
                if (page.isToCome(place)) {
                    toCome++;
                }
            }
        }
        return toCome + Math.max(0, last - end);
    }

    /** Returns a member that is wanted, the next one after that of the last call; null if there is none. */
    @Nullable
    E next(Predicate<? super E> wanted) {
        E found = find(lookedOn, lookedAt, null, wanted, true);
        return found != null ? found : find(first, 0, null, wanted, true);
    }

    /** Returns whether there is another member that is wanted; looks first where {@link #next} would. */
    boolean hasOther(E given, Predicate<? super E> wanted) {
        return find(lookedOn, lookedAt, given, wanted, false) != null || find(first, 0, given, wanted, false) != null;
    }

    private @Nullable E find(Page from, int start, @Nullable E except, Predicate<? super E> wanted, boolean remembers) {
        int place = start;
        for (Page page = from; page != null; page = after(page)) {
            for (; place < page.size(); place++) {
                E member = member(page, place);
                if (member != null && member != except && wanted.test(member)) {
                    if (remembers) {
                        lookedOn = page;
                        lookedAt = place + 1;
                    }
                    return member;
                }
            }
            place = 0;
        }
        return null;
    }

    @SuppressWarnings("unchecked")
    private @Nullable E member(Page page, int place) {
        return (E) page.at(place);
    }

    /** Returns how many pages there are. */
    synchronized int pages() {
        return pages;
    }

    /**
     * The places of some numbers that follow each other.
     *
     * <pre>
     * place: to come -> member   put, by the one that has the number
     * place: member  -> gone     strike, by the one that ends the member
     * place: member  -> to come  takeBack: the number will be given out again
     * place: to come -> gone     strike, when it will not, and skip
     * </pre>
     */
    static final class Page {
        private static final int SMALLEST = 8;
        private static final int LARGEST = 64;
        private static final Object GONE = "gone";
        private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Object[].class);

        private final long first;
        private final @Nullable Object[] places; // null: to come
        private volatile @Nullable Page next; // the page itself, if it was taken out

        private Page(long first, int size) {
            this.first = first;
            this.places = new Object[size];
        }

        private Page following() {
            return new Page(first + size(), Math.min(2 * size(), LARGEST));
        }

        /** Returns whether a number is on this page or a later one. */
        private boolean startsBy(long number) {
            return first <= number;
        }

        private boolean has(long number) {
            return first <= number && number < first + size();
        }

        private int size() {
            return places.length;
        }

        private int place(long number) {
            return (int) (number - first);
        }

        private void put(long number, Object member) {
            PLACE.setVolatile(places, place(number), member);
        }

        /** A member has gone for good. */
        void strike(long number) {
            PLACE.setRelease(places, place(number), GONE);
        }

        /** A member has gone, and another one may come under its number. */
        void takeBack(long number) {
            PLACE.setRelease(places, place(number), null);
        }

        private @Nullable Object at(int place) {
            Object seen = PLACE.getAcquire(places, place);
            return seen == GONE ? null : seen;
        }

        private boolean isToCome(int place) {
            return PLACE.getAcquire(places, place) == null;
        }

        /** Returns whether everybody has come and gone. */
        private boolean isDone() {
            for (Object place : places) {
                if (place != GONE) {
                    return false;
                }
            }
            return true;
        }
    }
}
