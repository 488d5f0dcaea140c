package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A task is forked while the last one is settled and the owner tries to pass.
 *
 * <pre>
 * forker, and last task | owner
 * ----------------------+-------------------
 * settled               | tryPass, and close
 * fork                  |
 * </pre>
 */
@JCStressTest
@Outcome(
        id = "wakes, 2, waits",
        expect = ACCEPTABLE,
        desc = "The owner waited for the last task; when it is woken it waits for the new one.")
@Outcome(id = "does not wake, 2, waits", expect = ACCEPTABLE, desc = "The owner came after the fork, and waits for it.")
@Outcome(
        id = "does not wake, 0, passes",
        expect = ACCEPTABLE,
        desc = "The owner came between, and the fork is refused.")
@Outcome(expect = FORBIDDEN, desc = "A task outlives its group, or the owner sleeps for ever.")
@State
public class ForkAgainstLastFinish {
    private final JoinLatch latch = new JoinLatch();

    public ForkAgainstLastFinish() {
        latch.fork();
    }

    @Actor
    public void tasks(LLL_Result result) {
        result.r1 = latch.settled() ? "wakes" : "does not wake";
        result.r2 = latch.fork();
    }

    @Actor
    public void owner(LLL_Result result) {
        result.r3 = latch.tryPass(true) ? "passes" : "waits";
    }
}
