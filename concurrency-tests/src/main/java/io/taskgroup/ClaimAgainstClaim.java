package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A thread of the pool and the waiting owner claim the same task.
 *
 * <pre>
 * pool  | owner
 * ------+------
 * enter | enter
 * </pre>
 */
@JCStressTest
@Outcome(
        id = {"true, false", "false, true"},
        expect = ACCEPTABLE,
        desc = "One of them runs the task.")
@Outcome(expect = FORBIDDEN, desc = "The task is run twice, or never.")
@State
public class ClaimAgainstClaim {
    private final LoneScope task = LoneScope.interruptible();

    @Actor
    public void pool(ZZ_Result result) {
        result.r1 = task.enter();
    }

    @Actor
    public void owner(ZZ_Result result) {
        result.r2 = task.enter();
    }
}
