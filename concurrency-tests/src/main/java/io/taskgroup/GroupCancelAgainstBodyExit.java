package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A group is cancelled while its body ends: the body may be interrupted, what follows may not.
 *
 * <pre>
 * canceller | owner
 * ----------+-------------------------------
 * cancel    | enters the body, and leaves it
 *           | ends the group
 *           | looks at its interrupt flag
 * </pre>
 */
@JCStressTest
@Outcome(id = "asked, ended cancelled, clean", expect = ACCEPTABLE, desc = "The cancel came before the end.")
@Outcome(id = "too late, ended, clean", expect = ACCEPTABLE, desc = "The group was over.")
@Outcome(id = ".*, interrupted", expect = FORBIDDEN, desc = "Our interrupt reached what the owner does next.")
@Outcome(expect = FORBIDDEN, desc = "The two do not agree on what happened.")
@State
public class GroupCancelAgainstBodyExit {
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().executor(Runnable::run).build();
    private final Handover<TaskGroup> opened = new Handover<>();

    @Actor
    public void canceller(LLL_Result result) {
        result.r1 = opened.take().cancel() ? "asked" : "too late";
    }

    @Actor
    public void owner(LLL_Result result) {
        Uninterrupted.run(() -> {
            groups.run("race", group -> {
                opened.give(group);
                Moment.upTo(2_000);
            });
            result.r2 = opened.take().isCancelled() ? "ended cancelled" : "ended";
            result.r3 = Thread.interrupted() ? "interrupted" : "clean";
        });
    }
}
