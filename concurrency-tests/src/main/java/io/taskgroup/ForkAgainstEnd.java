package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Another thread forks a task while the body of the group, which has no task, returns.
 *
 * <pre>
 * other thread                     | owner
 * ---------------------------------+---------------
 * forks a task that it runs itself | ends the group
 * </pre>
 */
@JCStressTest
@Outcome(id = "forked, task has ended", expect = ACCEPTABLE, desc = "The owner has waited for the task.")
@Outcome(id = "refused, no task has ended", expect = ACCEPTABLE, desc = "The group had ended before.")
@Outcome(id = "forked, no task has ended", expect = FORBIDDEN, desc = "The task has outlived its group.")
@Outcome(expect = FORBIDDEN, desc = "A refused task was run.")
@State
public class ForkAgainstEnd {
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().executor(Runnable::run).build();
    private final Handover<TaskGroup> opened = new Handover<>();
    private boolean ended;

    @Actor
    public void other(LL_Result result) {
        try {
            opened.take().fork(() -> ended = true);
            result.r1 = "forked";
        } catch (IllegalStateException e) {
            result.r1 = "refused";
        }
    }

    @Actor
    public void owner(LL_Result result) {
        Uninterrupted.run(() -> {
            groups.run("race", group -> {
                opened.give(group);
                Moment.upTo(2_000);
            });
            result.r2 = ended ? "task has ended" : "no task has ended";
        });
    }
}
