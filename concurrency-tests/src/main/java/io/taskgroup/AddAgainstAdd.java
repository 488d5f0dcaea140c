package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Two members come when the last page of the roster is full.
 *
 * <pre>
 * one                  | other
 * ---------------------+---------------------
 * add: makes the page, | add: makes the page,
 * unless it is there   | unless it is there
 * </pre>
 */
@JCStressTest
@Outcome(
        id = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10] on 2 pages, then 0",
        expect = ACCEPTABLE,
        desc = "Both come to the same page.")
@Outcome(expect = FORBIDDEN, desc = "A member was lost, or does not know its page, or the page was made twice.")
@State
public class AddAgainstAdd {
    private final Roster<Resident> roster = new Roster<>();

    public AddAgainstAdd() {
        Resident.addAll(8, roster);
    }

    @Actor
    public void one() {
        Resident.add(9, roster);
    }

    @Actor
    public void other() {
        Resident.add(10, roster);
    }

    @Arbiter
    public void afterwards(L_Result result) {
        String all = roster.members() + " on " + roster.pages() + " pages";
        roster.members().forEach(Resident::leave);
        result.r1 = all + ", then " + roster.size();
    }
}
