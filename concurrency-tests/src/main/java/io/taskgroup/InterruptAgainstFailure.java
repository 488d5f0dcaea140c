package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.io.IOException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The owner, whom we never interrupt in this form, is interrupted from outside while a task fails.
 *
 * <pre>
 * the task's thread          | owner
 * ---------------------------+----------------------------
 * interrupts the owner       | forks the task
 * runs the task, which fails | joins
 *                            | looks at its interrupt flag
 * </pre>
 */
@JCStressTest
@Outcome(
        id = "TaskGroupException, interrupted",
        expect = ACCEPTABLE,
        desc = "The failure is thrown, and the flag is set again.")
@Outcome(
        id = "InterruptedException, clean",
        expect = ACCEPTABLE,
        desc = "The interrupt came first, and the task was cancelled before it began.")
@Outcome(expect = FORBIDDEN, desc = "The interrupt, or the failure, was lost.")
@State
public class InterruptAgainstFailure {
    private final Handover<Runnable> started = new Handover<>();
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().threadFactory(Handover.threads(started)).build();
    private final Handover<Thread> owner = new Handover<>();

    @Actor
    public void thread() {
        Runnable task = started.take();
        owner.take().interrupt();
        task.run();
    }

    @Actor
    public void owner(LL_Result result) {
        owner.give(Thread.currentThread());
        try (OpenTaskGroup group = groups.open("race")) {
            group.fork(() -> {
                throw new IOException("down");
            });
            group.join();
            result.r1 = "nothing";
        } catch (TaskGroupException e) {
            result.r1 = "TaskGroupException";
        } catch (InterruptedException e) {
            result.r1 = "InterruptedException";
        }
        result.r2 = Thread.interrupted() ? "interrupted" : "clean";
    }
}
