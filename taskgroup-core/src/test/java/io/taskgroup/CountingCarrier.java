package io.taskgroup;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Carries nothing, and counts how often it was asked to. */
final class CountingCarrier implements ContextCarrier {
    private final AtomicInteger captured = new AtomicInteger();
    private final AtomicInteger called = new AtomicInteger();
    private final AtomicInteger discarded = new AtomicInteger();

    @Override
    public Captured capture() {
        captured.incrementAndGet();
        return new Captured() {
            @Override
            public <T> T call(Callable<T> task) throws Exception {
                called.incrementAndGet();
                return task.call();
            }

            @Override
            public void discard() {
                discarded.incrementAndGet();
            }
        };
    }

    int captured() {
        return captured.get();
    }

    int called() {
        return called.get();
    }

    int discarded() {
        return discarded.get();
    }
}
