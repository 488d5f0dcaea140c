package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A task is asked to stop while its thread waits in the library and comes back.
 *
 * <pre>
 * asker | the task's thread
 * ------+-------------------------------------------
 * ask   | enter
 *       | away
 *       | looks at its interrupt flag
 *       | back
 *       | looks whether it is still owed the request
 *       | leave
 *       | looks at its interrupt flag
 * </pre>
 */
@JCStressTest
@Outcome(
        id = {"asked, in order", "too late, in order"},
        expect = ACCEPTABLE,
        desc = "The request waits while the thread is in the library, and then is told.")
@Outcome(expect = FORBIDDEN, desc = "The interrupt came where it does not belong, or never.")
@State
public class CancelAgainstWait {
    private final LoneScope task = LoneScope.interruptible();

    @Actor
    public void asker(LL_Result result) {
        result.r1 = task.ask() ? "asked" : "too late";
    }

    @Actor
    public void thread(LL_Result result) {
        result.r2 = task.enter() ? goAwayAndComeBack() : "in order";
    }

    private String goAwayAndComeBack() {
        task.away();
        boolean inLibrary = Thread.interrupted();
        task.back(false);
        boolean owed = task.isOwed();
        task.leave();
        boolean afterwards = Thread.interrupted();
        if (inLibrary) {
            return "interrupted in the library";
        }
        if (owed) {
            return "not told when it came back";
        }
        return afterwards ? "interrupted afterwards" : "in order";
    }
}
