package io.taskgroup;

import java.time.Duration;

/**
 * A point in time on the clock of {@link System#nanoTime()}, and the timeout that led to it. A timeout too long for that
 * clock (292 years) never comes.
 */
record Deadline(Duration timeout, long atNanos) {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    static Deadline after(Duration timeout, long nowNanos) {
        return new Deadline(timeout, nowNanos + nanos(timeout));
    }

    /** Returns the nanoseconds of a duration, cut to what the clock can tell. */
    static long nanos(Duration timeout) {
        return (timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout).toNanos();
    }

    /** Returns a timeout for messages: in milliseconds, if there are some and not too many. */
    static String text(Duration timeout) {
        boolean isUsual = timeout.toSeconds() < Integer.MAX_VALUE && timeout.toMillis() > 0;
        return isUsual ? timeout.toMillis() + " ms" : timeout.toString();
    }

    /** Returns the time left, zero when it has passed. */
    Duration remaining(long nowNanos) {
        return Duration.ofNanos(Math.max(0, atNanos - nowNanos));
    }
}
