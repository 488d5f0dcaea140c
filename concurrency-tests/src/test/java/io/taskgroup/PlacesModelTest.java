package io.taskgroup;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * {@link Places}: each thread forks tasks, and ends those of its own that got a place at once. Who dispatches an heir
 * depends on whose turn it is, so that is counted, not compared.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
public class PlacesModelTest {
    private static final int LIMIT = 2;

    private final Places places = new Places(LIMIT);
    private final Queue<?>[] placed = new Queue<?>[10];
    private final AtomicInteger forked = new AtomicInteger();
    private final AtomicInteger dispatched = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    public PlacesModelTest() {
        for (int thread = 0; thread < placed.length; thread++) {
            placed[thread] = new ArrayDeque<ForkedTask<?>>();
        }
    }

    @Operation
    public boolean fork(@Param(name = "thread") int thread) {
        ForkedTask<?> task = LoneGroup.task();
        forked.incrementAndGet();
        boolean hasPlace = places.take(task);
        if (hasPlace) {
            dispatched.incrementAndGet();
            tasks(thread).add(task);
        }
        return hasPlace;
    }

    @Operation
    public void end(@Param(name = "thread") int thread) {
        ForkedTask<?> task = tasks(thread).poll();
        if (task != null) {
            places.pass(task, heir -> dispatched.incrementAndGet());
            ended.incrementAndGet();
        }
    }

    @SuppressWarnings("unchecked")
    private Queue<ForkedTask<?>> tasks(int thread) {
        return (Queue<ForkedTask<?>>) placed[thread];
    }

    @Validate
    public void asManyHavePlacesAsMay() {
        int have = dispatched.get() - ended.get();
        int want = Math.min(LIMIT, forked.get() - ended.get());
        if (have != want) {
            throw new AssertionError(have + " tasks have a place, and not " + want);
        }
    }

    @Test
    void everyInterleavingIsAnOrder() {
        ModelChecking.check(getClass());
    }
}
