package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A task is asked to stop while a thread begins and ends it.
 *
 * <pre>
 * asker | the task's thread
 * ------+----------------------------
 * ask   | enter
 *       | leave
 *       | looks at its interrupt flag
 * </pre>
 */
@JCStressTest
@Outcome(id = "asked, never ran, clean", expect = ACCEPTABLE, desc = "The request came before the code.")
@Outcome(
        id = "asked, stopped, clean",
        expect = ACCEPTABLE,
        desc = "The request came in the code, and nothing is left of it.")
@Outcome(id = "too late, ran, clean", expect = ACCEPTABLE, desc = "The code was over.")
@Outcome(id = ".*, interrupted", expect = FORBIDDEN, desc = "Our interrupt reached what the thread does next.")
@Outcome(expect = FORBIDDEN, desc = "The two do not agree on what happened.")
@State
public class CancelAgainstFinish {
    private final LoneScope task = LoneScope.interruptible();

    @Actor
    public void asker(LLL_Result result) {
        result.r1 = task.ask() ? "asked" : "too late";
    }

    @Actor
    public void thread(LLL_Result result) {
        if (task.enter()) {
            result.r2 = task.leave() == null ? "ran" : "stopped";
        } else {
            result.r2 = "never ran";
        }
        result.r3 = Thread.interrupted() ? "interrupted" : "clean";
    }
}
