package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A task is asked to stop while its pooled thread goes on to the next one.
 *
 * <pre>
 * asker               | the pooled thread
 * --------------------+---------------------------------
 * asks the first task | enters and leaves the first task
 *                     | enters the next task
 *                     | looks at its interrupt flag
 *                     | leaves the next task
 * </pre>
 */
@JCStressTest
@Outcome(
        id = {"asked, next is untouched", "too late, next is untouched"},
        expect = ACCEPTABLE,
        desc = "The request was for the first task, or for none.")
@Outcome(expect = FORBIDDEN, desc = "The interrupt, or the request, reached the next task.")
@State
public class CancelAgainstNextTask {
    private final LoneScope first = LoneScope.interruptible();
    private final LoneScope next = LoneScope.interruptible();

    @Actor
    public void asker(LL_Result result) {
        result.r1 = first.ask() ? "asked" : "too late";
    }

    @Actor
    public void thread(LL_Result result) {
        if (first.enter()) {
            first.leave();
        }
        next.enter();
        boolean interrupted = Thread.interrupted();
        boolean asked = next.leave() != null;
        result.r2 = interrupted || asked ? "next is stopped" : "next is untouched";
    }
}
