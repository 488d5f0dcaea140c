package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A task begins to wait for a thread while a thread that has time finds none and is about to say so.
 *
 * <pre>
 * forker         | thread with time
 * ---------------+-----------------
 * lists the task | next
 * added          |
 * </pre>
 */
@JCStressTest
@Outcome(id = "finds none, found later", expect = ACCEPTABLE, desc = "The look was over before; the next one finds it.")
@Outcome(id = "finds it, found later", expect = ACCEPTABLE, desc = "The look came afterwards.")
@Outcome(expect = FORBIDDEN, desc = "The task waits, and the backlog passes for empty.")
@State
public class AddAgainstNext {
    private final Roster<Resident> roster = new Roster<>();
    private final Backlog<Resident> backlog = new Backlog<>(roster, task -> true);

    public AddAgainstNext() {
        backlog.added(); // of a task that was begun since: now a look may empty the backlog
    }

    @Actor
    public void forker() {
        Resident.add(1, roster);
        backlog.added();
    }

    @Actor
    public void thread(LL_Result result) {
        result.r1 = backlog.next() == null ? "finds none" : "finds it";
    }

    @Arbiter
    public void afterwards(LL_Result result) {
        result.r2 = backlog.next() == null ? "lost" : "found later";
    }
}
