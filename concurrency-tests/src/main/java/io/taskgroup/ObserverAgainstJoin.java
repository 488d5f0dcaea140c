package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A task is asked to stop while the owner runs it and joins: what observers are told, and what they have been told
 * when the group has ended.
 *
 * <pre>
 * canceller        | owner
 * -----------------+-----------------------------------------------------
 * cancels the task | forks the task
 *                  | joins: runs the task, if nobody has asked it to stop
 *                  | reads what observers were told
 * </pre>
 */
@JCStressTest
@Outcome(id = "asked, forked requested ended closed", expect = ACCEPTABLE, desc = "The request came before the code.")
@Outcome(
        id = "asked, forked started requested ended closed",
        expect = ACCEPTABLE,
        desc = "The request came in the code.")
@Outcome(id = "too late, forked started ended closed", expect = ACCEPTABLE, desc = "The code was over.")
@Outcome(expect = FORBIDDEN, desc = "Something was told in another order, twice, or too late.")
@State
public class ObserverAgainstJoin {
    private final Trail trail = new Trail();
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().executor(task -> {}).observer(trail).build();
    private final TaskGroupOptions options = TaskGroupOptions.named("race").withPolicy(JoinPolicy.awaitAll());
    private final Handover<Task<?>> forked = new Handover<>();

    @Actor
    public void canceller(LL_Result result) {
        result.r1 = forked.take().cancel() ? "asked" : "too late";
    }

    @Actor
    public void owner(LL_Result result) {
        Uninterrupted.run(() -> {
            groups.run(options, group -> {
                forked.give(group.fork(() -> "done"));
                Moment.upTo(2_000);
            });
            result.r2 = trail.toString();
        });
    }
}
