package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A thread begins to wait for a task while another one gives its wait up.
 *
 * <pre>
 * one that comes | one that goes
 * ---------------+--------------
 * follow         | unfollow
 * </pre>
 */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "The one that came is woken when the task is settled.")
@Outcome(expect = FORBIDDEN, desc = "The thread sleeps for ever.")
@State
public class FollowAgainstUnfollow {
    private final LoneScope task = LoneScope.interruptible();
    private final Follower comes = Follower.waiting(Thread.currentThread());
    private final Follower goes = Follower.waiting(Thread.currentThread());

    public FollowAgainstUnfollow() {
        task.follow(goes);
    }

    @Actor
    public void coming(ZZ_Result result) {
        result.r1 = task.follow(comes);
    }

    @Actor
    public void going() {
        task.unfollow(goes);
    }

    @Arbiter
    public void afterwards(ZZ_Result result) {
        result.r2 = task.releaseFollowers() == comes;
    }
}
