package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Threads are scarce: the owner, who waits, and a thread of the pool begin the same task.
 *
 * <pre>
 * pool          | owner
 * --------------+---------------------------------------------
 * runs the task | forks the task
 *               | joins: runs the task, if nobody has begun it
 * </pre>
 */
@JCStressTest
@Outcome(
        id = {"owner ", "pool "},
        expect = ACCEPTABLE,
        desc = "One of them has run the task, and the owner has waited for that.")
@Outcome(expect = FORBIDDEN, desc = "The task was run twice, or not when the owner went on.")
@State
public class OwnerAgainstPool {
    private final Handover<Runnable> queued = new Handover<>();
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().executor(queued::give).build();
    private String runs = "";

    @Actor
    public void pool() {
        queued.take().run();
    }

    @Actor
    public void owner(L_Result result) {
        Uninterrupted.run(() -> {
            Thread owner = Thread.currentThread();
            groups.run("race", group -> {
                group.fork(() -> runs += Thread.currentThread() == owner ? "owner " : "pool ");
                Moment.upTo(2_000);
            });
            result.r1 = runs;
        });
    }
}
