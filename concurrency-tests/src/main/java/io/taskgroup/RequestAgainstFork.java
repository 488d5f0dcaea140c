package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A task is asked to stop while the forking thread has just told observers of it: one of the two tells of the request.
 *
 * <pre>
 * asker                                | forker
 * -------------------------------------+--------------------
 * ask                                  | announces the task
 * looks whether the task was announced | looks for a request
 * claim                                | claim
 * </pre>
 */
@JCStressTest
@Outcome(
        id = {"told, not told", "not told, told"},
        expect = ACCEPTABLE,
        desc = "One of them tells of the request.")
@Outcome(id = "not told, not told", expect = FORBIDDEN, desc = "Nobody tells of the request, or ends the task.")
@Outcome(expect = FORBIDDEN, desc = "Both tell of the request.")
@State
public class RequestAgainstFork {
    private final LoneScope task = LoneScope.interruptible();
    private volatile boolean unannounced = true; // as in ForkedTask, whose fork has more steps than these

    @Actor
    public void asker(LL_Result result) {
        StopRequest request = task.ask(LoneScope.REASON, 0);
        result.r1 = request != null && !unannounced && request.claim() ? "told" : "not told";
    }

    @Actor
    public void forker(LL_Result result) {
        unannounced = false;
        StopRequest request = task.request();
        result.r2 = request != null && request.claim() ? "told" : "not told";
    }
}
