package io.taskgroup;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * {@link Backlog}: tasks begin to wait and are begun while threads look for one. A look may miss a task that comes or goes
 * meanwhile, so what it returns is not compared; but when all is quiet, a task that waits is found.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
public class BacklogModelTest {
    private final AtomicInteger forked = new AtomicInteger();
    private final Roster<Resident> roster = new Roster<>();
    private final Backlog<Resident> backlog = new Backlog<>(roster, task -> true);
    private final Resident[] tasks = new Resident[10]; // of each thread, if it waits
    private final AtomicInteger waiting = new AtomicInteger();

    @Operation
    public void fork(@Param(name = "thread") int thread) {
        if (tasks[thread] == null) {
            waiting.incrementAndGet();
            tasks[thread] = Resident.add(forked.incrementAndGet(), roster);
            backlog.added();
        }
    }

    @Operation
    public void begin(@Param(name = "thread") int thread) {
        if (tasks[thread] != null) {
            tasks[thread].leave();
            tasks[thread] = null;
            waiting.decrementAndGet();
        }
    }

    @Operation
    public void look() {
        backlog.next();
    }

    @Validate
    public void whatWaitsIsFound() {
        boolean found = backlog.next() != null;
        if (found != waiting.get() > 0) {
            throw new AssertionError(waiting + " wait, and the backlog has " + (found ? "one" : "none"));
        }
    }

    @Test
    void nothingThatWaitsIsForgotten() {
        ModelChecking.check(getClass());
    }
}
