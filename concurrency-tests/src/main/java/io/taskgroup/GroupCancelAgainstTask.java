package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A group is cancelled by its body while another thread begins and ends a task.
 *
 * <pre>
 * owner          | the task's thread
 * ---------------+----------------------------
 * forks the task | runs the task
 * cancel         | looks at its interrupt flag
 * joins          |
 * </pre>
 */
@JCStressTest
@Outcome(
        id = "SUCCEEDED, ran, clean",
        expect = ACCEPTABLE,
        desc = "The task ran, and returned a value although it was asked to stop.")
@Outcome(id = "CANCELLED, never ran, clean", expect = ACCEPTABLE, desc = "The cancel came before the code.")
@Outcome(id = ".*, interrupted", expect = FORBIDDEN, desc = "Our interrupt reached what the task's thread does next.")
@Outcome(expect = FORBIDDEN, desc = "The two do not agree on what happened.")
@State
public class GroupCancelAgainstTask {
    private final Handover<Runnable> started = new Handover<>();
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().threadFactory(Handover.threads(started)).build();
    private boolean ran;

    @Actor
    public void owner(LLL_Result result) {
        Uninterrupted.run(() -> {
            groups.run("race", group -> {
                Task<?> task = group.fork(() -> ran = true);
                Moment.upTo(2_000);
                group.cancel();
                group.join();
                result.r1 = task.state().name();
                result.r2 = ran ? "ran" : "never ran";
            });
        });
    }

    @Actor
    public void thread(LLL_Result result) {
        started.take().run();
        result.r3 = Thread.interrupted() ? "interrupted" : "clean";
    }
}
