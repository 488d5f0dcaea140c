package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/**
 * A task is forked while the owner, for whom nothing is left to wait for, ends the group.
 *
 * <pre>
 * forker | owner
 * -------+-------------------
 * fork   | tryPass, and close
 * </pre>
 */
@JCStressTest
@Outcome(id = "0, true", expect = ACCEPTABLE, desc = "The group has ended, and the fork is refused.")
@Outcome(id = "1, false", expect = ACCEPTABLE, desc = "The fork counts, and the owner waits for it.")
@Outcome(expect = FORBIDDEN, desc = "A task outlives its group, or nobody may go on.")
@State
public class ForkAgainstClose {
    private final JoinLatch latch = new JoinLatch();

    @Actor
    public void forker(IZ_Result result) {
        result.r1 = latch.fork();
    }

    @Actor
    public void owner(IZ_Result result) {
        result.r2 = latch.tryPass(true);
    }
}
