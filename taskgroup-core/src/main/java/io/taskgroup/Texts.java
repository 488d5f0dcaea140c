package io.taskgroup;

import java.time.Duration;

/** Texts for messages: of users' exceptions, also of one whose own text cannot be made, and of timeouts. */
final class Texts {
    private Texts() {}

    static String of(Throwable thrown) {
        try {
            return String.valueOf(thrown);
        } catch (Throwable unreadable) {
            return thrown.getClass().getName() + " (its message cannot be read)";
        }
    }

    /** The same without line breaks. */
    static String onOneLine(Throwable thrown) {
        return of(thrown).replaceAll("\\R+", " ");
    }

    /** In milliseconds, if there are not too many of them. */
    static String of(Duration timeout) {
        return timeout.toSeconds() < Integer.MAX_VALUE ? timeout.toMillis() + " ms" : timeout.toString();
    }
}
