package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A task that is never interrupted by us is asked to stop while its thread is interrupted from outside.
 *
 * <pre>
 * asker | the task's thread
 * ------+----------------------------
 * ask   | enter
 *       | is interrupted from outside
 *       | away
 *       | back
 *       | leave
 *       | looks at its interrupt flag
 * </pre>
 */
@JCStressTest
@Outcome(
        id = {"asked, kept", "too late, kept"},
        expect = ACCEPTABLE,
        desc = "The flag is from outside, and stays.")
@Outcome(expect = FORBIDDEN, desc = "An interrupt from outside was lost.")
@State
public class CooperativeCancelAgainstForeignInterrupt {
    private final LoneScope task = LoneScope.cooperative();

    @Actor
    public void asker(LL_Result result) {
        result.r1 = task.ask() ? "asked" : "too late";
    }

    @Actor
    public void thread(LL_Result result) {
        boolean entered = task.enter();
        Thread.currentThread().interrupt();
        if (entered) {
            task.away();
            task.back(false);
            task.leave();
        }
        result.r2 = Thread.interrupted() ? "kept" : "lost";
    }
}
