package io.taskgroup;

/** A member of a roster, which knows its place. */
final class Resident implements Roster.Member {
    private final int number;

    @SuppressWarnings(
            "NullAway.Init") // told before anyone can see the resident; plain, so the roster must make it seen
    private Roster.Page page;

    private Resident(int number) {
        this.number = number;
    }

    /** Returns a member that has come under this number. */
    static Resident add(int number, Roster<Resident> roster) {
        Resident resident = new Resident(number);
        roster.add(number, resident);
        return resident;
    }

    /** So many members have come to an empty roster. */
    static void addAll(int members, Roster<Resident> roster) {
        for (int number = 1; number <= members; number++) {
            add(number, roster);
        }
    }

    /** Members have come under these numbers, and have gone. */
    static void pass(int from, int to, Roster<Resident> roster) {
        for (int number = from; number <= to; number++) {
            add(number, roster).leave();
        }
    }

    @Override
    public void listedOn(Roster.Page page) {
        this.page = page;
    }

    void leave() {
        page.strike(number);
    }

    @Override
    public String toString() {
        return String.valueOf(number);
    }
}
