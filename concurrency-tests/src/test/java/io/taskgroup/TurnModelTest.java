package io.taskgroup;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link Turn}: threads bring items, and the one that has the turn asks for the next. */
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "item", gen = IntGen.class, conf = "1:3")
public class TurnModelTest {
    private final Turn<Integer> turn = new Turn<>();
    private final boolean[] hasTurn = new boolean[10];

    @Operation
    public @Nullable Integer take(@Param(name = "thread") int thread, @Param(name = "item") int item) {
        Integer mine = turn.take(item);
        hasTurn[thread] |= mine != null;
        return mine;
    }

    @Operation
    public @Nullable Integer next(@Param(name = "thread") int thread) {
        if (!hasTurn[thread]) {
            return null;
        }
        Integer next = turn.next();
        hasTurn[thread] = next != null;
        return next;
    }

    @Test
    void everyInterleavingIsAnOrder() {
        ModelChecking.check(getClass());
    }
}
