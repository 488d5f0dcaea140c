package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A task ends while the body begins to wait for it. If it misses the end, the test hangs, which is an error too.
 *
 * <pre>
 * the task's thread | owner
 * ------------------+---------------
 * runs the task     | forks the task
 *                   | awaits it
 * </pre>
 */
@JCStressTest
@Outcome(id = "value", expect = ACCEPTABLE, desc = "The body gets the value.")
@Outcome(expect = FORBIDDEN, desc = "The body gets something else.")
@State
public class AwaitAgainstFinish {
    private final Handover<Runnable> started = new Handover<>();
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().threadFactory(Handover.threads(started)).build();

    @Actor
    public void thread() {
        started.take().run();
    }

    @Actor
    public void owner(L_Result result) {
        Uninterrupted.run(() -> {
            result.r1 = groups.call("race", group -> group.fork(() -> "value").await());
        });
    }
}
