package io.taskgroup;

import java.util.regex.Pattern;

/** Text of users, such as a name or a message, as it stands in a line of ours: it can neither end the line nor move a cursor. */
final class OneLine {
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

    private OneLine() {}

    static String of(String text) {
        return CONTROLS.matcher(text).replaceAll(" ");
    }
}
