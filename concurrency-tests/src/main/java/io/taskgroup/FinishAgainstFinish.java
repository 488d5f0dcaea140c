package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The last two tasks are settled together, and the owner waits.
 *
 * <pre>
 * one task | other task
 * ---------+-----------
 * settled  | settled
 * </pre>
 */
@JCStressTest
@Outcome(
        id = {"true, false", "false, true"},
        expect = ACCEPTABLE,
        desc = "The last one wakes the owner.")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "The owner sleeps for ever.")
@Outcome(expect = FORBIDDEN, desc = "Both take themselves for the last one.")
@State
public class FinishAgainstFinish {
    private final JoinLatch latch = new JoinLatch();

    public FinishAgainstFinish() {
        latch.fork();
        latch.fork();
        latch.tryPass(true);
    }

    @Actor
    public void one(ZZ_Result result) {
        result.r1 = latch.settled();
    }

    @Actor
    public void other(ZZ_Result result) {
        result.r2 = latch.settled();
    }
}
