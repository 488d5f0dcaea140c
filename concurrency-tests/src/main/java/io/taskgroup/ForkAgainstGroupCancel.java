package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A group is cancelled while its body forks a task. Nobody but the owner would run the task.
 *
 * <pre>
 * canceller | owner
 * ----------+-----------------------------------------------------
 * cancel    | forks a task
 *           | joins: runs the task, if nobody has asked it to stop
 *           | looks at its interrupt flag
 * </pre>
 */
@JCStressTest
@Outcome(id = "asked, refused, clean", expect = ACCEPTABLE, desc = "The cancel came before the fork.")
@Outcome(id = "asked, CANCELLED, clean", expect = ACCEPTABLE, desc = "The cancel came before the task began.")
@Outcome(id = "asked, SUCCEEDED, clean", expect = ACCEPTABLE, desc = "The cancel came when the task ran, or had ended.")
@Outcome(id = "too late, SUCCEEDED, clean", expect = ACCEPTABLE, desc = "The group was over.")
@Outcome(expect = FORBIDDEN, desc = "The task was forgotten, or our interrupt is left.")
@State
public class ForkAgainstGroupCancel {
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().executor(task -> {}).build();
    private final Handover<TaskGroup> opened = new Handover<>();

    @Actor
    public void canceller(LLL_Result result) {
        result.r1 = opened.take().cancel() ? "asked" : "too late";
    }

    @Actor
    public void owner(LLL_Result result) {
        Uninterrupted.run(() -> {
            Handover<Task<?>> forked = new Handover<>();
            groups.run("race", group -> {
                opened.give(group);
                Moment.upTo(2_000);
                try {
                    forked.give(group.fork(() -> "done"));
                    group.join();
                    result.r2 = forked.take().state().name();
                } catch (TaskGroupCancelledException e) {
                    result.r2 = "refused";
                }
            });
            result.r3 = Thread.interrupted() ? "interrupted" : "clean";
        });
    }
}
