package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A task is asked to stop while its thread, in the library, is interrupted from outside.
 * The outside is played by the thread itself, so that the moment is certain.
 *
 * <pre>
 * asker | the task's thread
 * ------+-----------------------------------
 * ask   | enter
 *       | away
 *       | is interrupted from outside
 *       | looks at its interrupt flag, twice
 *       | back
 *       | leave
 *       | looks at its interrupt flag
 * </pre>
 */
@JCStressTest
@Outcome(
        id = {"asked, seen once", "too late, seen once"},
        expect = ACCEPTABLE,
        desc = "The flag in the library is the one from outside, and no other.")
@Outcome(expect = FORBIDDEN, desc = "An interrupt from outside was lost, or ours was taken for one.")
@State
public class CancelAgainstForeignInterrupt {
    private final LoneScope task = LoneScope.interruptible();

    @Actor
    public void asker(LL_Result result) {
        result.r1 = task.ask() ? "asked" : "too late";
    }

    @Actor
    public void thread(LL_Result result) {
        result.r2 = task.enter() ? lookInLibrary() : "seen once";
    }

    private String lookInLibrary() {
        task.away();
        Thread.currentThread().interrupt();
        boolean seen = Thread.interrupted();
        boolean seenAgain = Thread.interrupted();
        task.back(false);
        task.leave();
        boolean afterwards = Thread.interrupted();
        if (!seen) {
            return "lost";
        }
        return seenAgain || afterwards ? "ours is left" : "seen once";
    }
}
