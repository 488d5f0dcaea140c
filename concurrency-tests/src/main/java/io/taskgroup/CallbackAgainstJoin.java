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
 * A callback is added by another thread while the task ends and the owner joins.
 *
 * <pre>
 * other thread | owner
 * -------------+----------------------------
 * onCompletion | forks the task, and runs it
 *              | joins
 * </pre>
 */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "The callback has run once.")
@Outcome(id = "0", expect = FORBIDDEN, desc = "The callback was forgotten.")
@Outcome(expect = FORBIDDEN, desc = "The callback has run twice.")
@State
public class CallbackAgainstJoin {
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().executor(task -> {}).build();
    private final Handover<Task<?>> forked = new Handover<>();
    private final AtomicInteger runs = new AtomicInteger();

    @Actor
    public void other() {
        forked.take().onCompletion(task -> runs.incrementAndGet());
    }

    @Actor
    public void owner() {
        Uninterrupted.run(() -> {
            groups.run("race", group -> {
                forked.give(group.fork(() -> "done"));
                Moment.upTo(2_000);
            });
        });
    }

    @Arbiter
    public void afterwards(I_Result result) {
        result.r1 = runs.get();
    }
}
