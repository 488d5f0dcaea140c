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
 * A task is asked to stop while it opens a group inside: the request must reach the body of that group.
 *
 * <pre>
 * asker         | the task's thread
 * --------------+----------------------------------
 * asks the task | enters and pushes the task
 *               | enters and pushes the body inside
 *               | the body listens to the task
 * </pre>
 */
@JCStressTest
@Outcome(id = "withdrawn, nothing was opened", expect = ACCEPTABLE, desc = "The request came before the code.")
@Outcome(
        id = "asked, passed on",
        expect = ACCEPTABLE,
        desc = "The request reached the body: by the asker, or by the body itself.")
@Outcome(expect = FORBIDDEN, desc = "The group inside would go on as if nothing had happened.")
@State
public class CancelAgainstNestedOpening {
    private final LoneScope task = LoneScope.interruptible();
    private final LoneScope body = LoneScope.interruptible();
    private boolean opened;

    @Actor
    public void asker() {
        task.ask();
    }

    @Actor
    public void thread() {
        if (task.enter()) {
            opened = true;
            task.push();
            body.enter();
            body.push();
            body.listenToBelow();
            CurrentScope.set(null);
        }
    }

    @Arbiter
    public void afterwards(LL_Result result) {
        result.r1 = opened ? "asked" : "withdrawn";
        result.r2 = body.askedBelow ? "passed on" : opened ? "not passed on" : "nothing was opened";
    }
}
