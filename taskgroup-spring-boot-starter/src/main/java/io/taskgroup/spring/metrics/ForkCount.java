package io.taskgroup.spring.metrics;

import io.micrometer.core.instrument.Counter;
import io.taskgroup.TaskGroup;

/**
 * How many forks of an open group were counted already. The group counts its tasks itself; what is new since the last look
 * goes into the counter, so that a task costs no event.
 *
 * <p>The counter is incremented under the lock: whoever finds nothing new finds it counted.
 */
final class ForkCount {
    private final TaskGroup group;
    private int counted; // guarded by this

    ForkCount(TaskGroup group) {
        this.group = group;
    }

    synchronized void countInto(Counter counter) {
        int forked = group.counts().forked();
        if (forked > counted) { // it may be less: a fork that was counted was refused, and the next one makes up for it
            counter.increment(forked - counted);
            counted = forked;
        }
    }
}
