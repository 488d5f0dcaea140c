package io.taskgroup;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * {@link FollowedScope} and {@link Follower}: threads wait for a task and give up, callbacks are added, and one thread
 * settles the task and calls them.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "callback", gen = IntGen.class, conf = "1:3")
public class FollowedScopeModelTest {
    private final LoneScope task = LoneScope.interruptible();
    private final @Nullable Follower[] waits = new @Nullable Follower[10];
    private int called; // the settler's: a digit for each callback
    private boolean settled; // the settler's

    @Operation
    public boolean await(@Param(name = "thread") int thread) {
        Follower follower = Follower.waiting(Thread.currentThread());
        waits[thread] = follower;
        return task.follow(follower);
    }

    @Operation
    public void giveUp(@Param(name = "thread") int thread) {
        Follower follower = waits[thread];
        if (follower != null) {
            task.unfollow(follower);
            waits[thread] = null;
        }
    }

    @Operation
    public boolean onCompletion(@Param(name = "callback") int callback) {
        return task.follow(Follower.calling(() -> called = 10 * called + callback));
    }

    @Operation
    public boolean isReleased() {
        return task.isReleased();
    }

    @Operation(nonParallelGroup = "settler")
    public void release() {
        if (!settled) {
            settled = true;
            if (!task.releaseWithoutCallbacks()) {
                task.releaseFollowers();
            }
        }
    }

    @Operation(nonParallelGroup = "settler")
    public int call() {
        if (settled && task.followers() != Follower.RELEASED) {
            task.callFollowers();
        }
        return called;
    }

    @Test
    void everyInterleavingIsAnOrder() {
        ModelChecking.check(getClass());
    }
}
