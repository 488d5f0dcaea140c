package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.io.IOException;
import java.util.stream.Collectors;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Threads are scarce: two tasks fail together, one on the thread of the owner, who waits.
 *
 * <pre>
 * pool                | owner
 * --------------------+----------------------------------
 * runs the first task | forks two tasks
 *                     | joins: runs what nobody has begun
 * </pre>
 */
@JCStressTest
@Outcome(id = "first", expect = ACCEPTABLE, desc = "Its failure has cancelled the second before it began.")
@Outcome(
        id = {"first second", "second first"},
        expect = ACCEPTABLE,
        desc = "Both have failed, and both are listed.")
@Outcome(expect = FORBIDDEN, desc = "A failure was lost, or is listed twice.")
@State
public class FailureAgainstFailure {
    private final Handover<Runnable> queued = new Handover<>();
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().executor(queued::give).build();

    @Actor
    public void pool() {
        queued.take().run();
    }

    @Actor
    public void owner(L_Result result) {
        Uninterrupted.run(() -> {
            try {
                groups.run("race", group -> {
                    fork(group, "first");
                    fork(group, "second");
                });
                result.r1 = "none";
            } catch (TaskGroupException e) {
                result.r1 = e.failures().stream().map(TaskFailure::taskName).collect(Collectors.joining(" "));
            }
        });
    }

    /** The first task may fail before the second is forked. */
    private static void fork(TaskGroup group, String name) {
        try {
            group.fork(name, () -> {
                throw new IOException(name);
            });
        } catch (TaskGroupCancelledException e) {
            // it is not listed then
        }
    }
}
