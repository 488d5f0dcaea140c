package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A callback is added while the task is settled and its callbacks are run.
 *
 * <pre>
 * adder                  | settler
 * -----------------------+-------------------------------------------------------
 * follow                 | releaseWithoutCallbacks
 * else runs the callback | if there are callbacks: releaseFollowers, callFollowers
 * </pre>
 */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "The callback runs once, whoever runs it.")
@Outcome(id = "0", expect = FORBIDDEN, desc = "The callback never runs.")
@Outcome(expect = FORBIDDEN, desc = "The callback runs twice.")
@State
public class CallbackAgainstRelease {
    private final LoneScope task = LoneScope.interruptible();
    private final AtomicInteger runs = new AtomicInteger();

    @Actor
    public void adder() {
        if (!task.follow(Follower.calling(runs::incrementAndGet))) {
            runs.incrementAndGet();
        }
    }

    @Actor
    public void settler() {
        if (!task.releaseWithoutCallbacks()) {
            task.releaseFollowers();
            task.callFollowers();
        }
    }

    @Arbiter
    public void afterwards(I_Result result) {
        result.r1 = runs.get();
    }
}
