package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A thread begins to wait for a task while the task is settled.
 *
 * <pre>
 * waiter | settler
 * -------+-----------------
 * follow | releaseFollowers
 * </pre>
 */
@JCStressTest
@Outcome(id = "follows, woken", expect = ACCEPTABLE, desc = "The task was settled afterwards, and wakes the thread.")
@Outcome(id = "need not wait, nobody woken", expect = ACCEPTABLE, desc = "The task was settled before.")
@Outcome(id = "follows, nobody woken", expect = FORBIDDEN, desc = "The thread sleeps for ever.")
@Outcome(expect = FORBIDDEN, desc = "A thread is woken that does not wait.")
@State
public class FollowAgainstRelease {
    private final LoneScope task = LoneScope.interruptible();
    private final Follower waiter = Follower.waiting(Thread.currentThread());

    @Actor
    public void waiter(LL_Result result) {
        result.r1 = task.follow(waiter) ? "follows" : "need not wait";
    }

    @Actor
    public void settler(LL_Result result) {
        result.r2 = task.releaseFollowers() == waiter ? "woken" : "nobody woken";
    }
}
