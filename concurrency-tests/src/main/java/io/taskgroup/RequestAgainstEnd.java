package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Observers are told that a task was asked to stop, and that it has ended: in this order, and of the end once.
 *
 * <pre>
 * asker                                    | the task's thread
 * -----------------------------------------+----------------------
 * claim                                    | handOver
 * tells of the request                     | else tells of the end
 * announced                                |
 * tells of the end, if that is its to tell |
 * </pre>
 */
@JCStressTest
@Outcome(
        id = {"request end, ", "request, end"},
        expect = ACCEPTABLE,
        desc = "The end comes after the request; the asker tells it if the task has left it to the asker.")
@Outcome(expect = FORBIDDEN, desc = "The end is told before the request, twice, or never.")
@State
public class RequestAgainstEnd {
    private final StopRequest request = new StopRequest(LoneScope.REASON, 0, StopRequest.Delivery.DELIVERED, null);
    private boolean told; // observers are called without a lock: what one call did, the next must see

    @Actor
    public void asker(LL_Result result) {
        request.claim();
        told = true;
        result.r1 = request.announced() ? "request" : "request end";
    }

    @Actor
    public void thread(LL_Result result) {
        if (request.handOver()) {
            result.r2 = "";
        } else {
            result.r2 = told ? "end" : "end before the request";
        }
    }
}
