package io.taskgroup.demo.live;

import org.springframework.stereotype.Component;

/** The time of day, but it never goes back, and shows tasks that take less than a millisecond. */
@Component
class LiveClock {
    private final long startMillis = System.currentTimeMillis();
    private final long startNanos = System.nanoTime();

    /** Returns microseconds since 1970. */
    long micros() {
        return startMillis * 1_000 + (System.nanoTime() - startNanos) / 1_000;
    }
}
