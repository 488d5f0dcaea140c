package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A task asks for the only place while the one that has it gives it back.
 *
 * <pre>
 * forker | thread of the task before
 * -------+---------------------------------------
 * take   | pass: finds an heir, and dispatches it
 * </pre>
 */
@JCStressTest
@Outcome(id = "has a place, no heir", expect = ACCEPTABLE, desc = "The place was free again.")
@Outcome(id = "waits, is the heir", expect = ACCEPTABLE, desc = "The task waited, and inherits the place.")
@Outcome(id = "waits, no heir", expect = FORBIDDEN, desc = "The task waits for ever.")
@Outcome(expect = FORBIDDEN, desc = "The task is dispatched twice.")
@State
public class PlaceAgainstPass {
    private final Places places = new Places(1);
    private final ForkedTask<?> before = LoneGroup.task();
    private final ForkedTask<?> task = LoneGroup.task();
    private int heirs;

    public PlaceAgainstPass() {
        places.take(before);
    }

    @Actor
    public void forker(LL_Result result) {
        result.r1 = places.take(task) ? "has a place" : "waits";
    }

    @Actor
    public void thread(LL_Result result) {
        places.pass(before, heir -> heirs++);
        result.r2 = heirs == 0 ? "no heir" : "is the heir";
    }
}
