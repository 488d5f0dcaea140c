package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The last task is settled while the owner looks whether it has to wait.
 *
 * <pre>
 * last task | owner
 * ----------+-------------------
 * settled   | tryPass, and close
 * </pre>
 */
@JCStressTest
@Outcome(id = "wakes, waits", expect = ACCEPTABLE, desc = "The owner has said that it waits, and is woken.")
@Outcome(id = "does not wake, passes", expect = ACCEPTABLE, desc = "The owner found nothing to wait for.")
@Outcome(id = "does not wake, waits", expect = FORBIDDEN, desc = "The owner sleeps for ever.")
@Outcome(expect = FORBIDDEN, desc = "The owner is woken for nothing.")
@State
public class LastFinishAgainstWait {
    private final JoinLatch latch = new JoinLatch();

    public LastFinishAgainstWait() {
        latch.fork();
    }

    @Actor
    public void task(LL_Result result) {
        result.r1 = latch.settled() ? "wakes" : "does not wake";
    }

    @Actor
    public void owner(LL_Result result) {
        result.r2 = latch.tryPass(true) ? "passes" : "waits";
    }
}
