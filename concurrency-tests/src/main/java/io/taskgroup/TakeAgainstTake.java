package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Two threads bring an item to the same turn.
 *
 * <pre>
 * one                               | other
 * ----------------------------------+----------------------------------
 * take                              | take
 * handles items until there is none | handles items until there is none
 * </pre>
 */
@JCStressTest
@Outcome(
        id = {"ab", "ba"},
        expect = ACCEPTABLE,
        desc = "Both were handled, one after the other.")
@Outcome(expect = FORBIDDEN, desc = "An item was lost, or two were handled together.")
@State
public class TakeAgainstTake {
    private final Turn<String> turn = new Turn<>();
    private final StringBuilder handled = new StringBuilder(); // not thread-safe: the turn must do

    @Actor
    public void one() {
        bring("a");
    }

    @Actor
    public void other() {
        bring("b");
    }

    private void bring(String brought) {
        for (String item = turn.take(brought); item != null; item = turn.next()) {
            handled.append(item);
        }
    }

    @Arbiter
    public void afterwards(L_Result result) {
        result.r1 = handled.toString();
    }
}
