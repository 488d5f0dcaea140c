package io.taskgroup;

import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * {@link CancelScope}: any thread asks the code to stop, while the scope's own thread goes its way: into the code, to the
 * library and back, out of the code.
 */
public class CancelScopeModelTest {
    private final LoneScope scope = LoneScope.interruptible();
    private boolean entered; // these are the scope's thread's
    private boolean away;

    /**
     * An asker who comes second is told so at once, perhaps before the one who came first has set the flag: that is no
     * order, and here it waits for the flag.
     */
    @Operation
    public boolean ask() {
        boolean mine = scope.ask();
        StopRequest request = scope.request();
        while (request != null && request.delivery == StopRequest.Delivery.INTERRUPTING) {
            Thread.yield();
        }
        return mine;
    }

    @Operation
    public boolean isNew() {
        return scope.isNew();
    }

    @Operation(nonParallelGroup = "thread")
    public boolean enter() {
        if (!entered) {
            Thread.interrupted(); // the thread may come from another scenario, which it did not leave
        }
        boolean mine = scope.enter();
        entered |= mine;
        return mine;
    }

    @Operation(nonParallelGroup = "thread")
    public void away() {
        if (entered && !away) {
            away = scope.away();
        }
    }

    @Operation(nonParallelGroup = "thread")
    public void back() {
        if (away) {
            scope.back(false);
            away = false;
        }
    }

    @Operation(nonParallelGroup = "thread")
    public void backWithException() {
        if (away) {
            scope.back(true);
            away = false;
        }
    }

    @Operation(nonParallelGroup = "thread")
    public boolean looksAtItsFlag() {
        return entered && Thread.currentThread().isInterrupted();
    }

    @Operation(nonParallelGroup = "thread")
    public String leave() {
        if (!entered || away) {
            return "not in the code";
        }
        entered = false;
        boolean asked = scope.leave() != null;
        return (asked ? "asked" : "not asked") + (Thread.interrupted() ? ", interrupted" : "");
    }

    @Test
    void everyInterleavingIsAnOrder() {
        ModelChecking.checkBetweenThreads(getClass());
    }
}
