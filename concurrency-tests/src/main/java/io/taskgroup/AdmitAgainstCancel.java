package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A task is forked while its group is cancelled.
 *
 * <pre>
 * forker             | canceller
 * -------------------+-----------------------------------------------------
 * admit              | cancel: sets the reason, and looks at the live tasks
 * looks for a reason |
 * </pre>
 */
@JCStressTest
@Outcome(
        id = {"sees the reason, finds the task", "sees the reason, misses the task", "sees no reason, finds the task"},
        expect = ACCEPTABLE,
        desc = "One of them, or both, ask the task to stop.")
@Outcome(expect = FORBIDDEN, desc = "The task was forked into a cancelled group, and nobody stops it.")
@State
public class AdmitAgainstCancel {
    private final Ledger ledger = new Ledger("race", new JoinLatch());
    private final ForkedTask<?> task = LoneGroup.task();

    @Actor
    public void forker(LL_Result result) {
        ledger.admit(task);
        result.r1 = ledger.reason() == null ? "sees no reason" : "sees the reason";
    }

    @Actor
    public void canceller(LL_Result result) {
        boolean found = ledger.cancel(LoneScope.REASON).orElseThrow().contains(task);
        result.r2 = found ? "finds the task" : "misses the task";
    }
}
