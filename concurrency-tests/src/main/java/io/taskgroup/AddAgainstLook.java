package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A member comes while a thread looks for one, to strike it out.
 *
 * <pre>
 * one that comes                             | one that looks
 * -------------------------------------------+------------------------------------
 * add: is told its page, and takes its place | next
 *                                            | strikes what it found from its page
 * </pre>
 */
@JCStressTest
@Outcome(id = "finds none, 1 stays", expect = ACCEPTABLE, desc = "The look was over before.")
@Outcome(id = "finds it, 0 stay", expect = ACCEPTABLE, desc = "The member knows its page as soon as it can be found.")
@Outcome(expect = FORBIDDEN, desc = "The member was found before it knew its page, and stays for ever.")
@State
public class AddAgainstLook {
    private final Roster<Resident> roster = new Roster<>();

    @Actor
    public void coming() {
        Resident.add(1, roster);
    }

    @Actor
    public void looking(LL_Result result) {
        Resident found = roster.next(any -> true);
        if (found == null) {
            result.r1 = "finds none";
        } else {
            result.r1 = "finds it";
            found.leave();
        }
    }

    @Arbiter
    public void afterwards(LL_Result result) {
        int size = roster.size();
        result.r2 = size == 1 ? "1 stays" : size + " stay";
    }
}
