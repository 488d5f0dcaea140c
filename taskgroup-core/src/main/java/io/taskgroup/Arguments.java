package io.taskgroup;

import java.time.Duration;
import java.util.Objects;

/** The checks of rule 17: the message names the argument. */
final class Arguments {
    private Arguments() {}

    static String name(String value, String argument) {
        if (Objects.requireNonNull(value, argument).isBlank()) {
            throw new IllegalArgumentException(argument + " is blank; give a name that says what is done");
        }
        return value;
    }

    static Duration positive(Duration value, String argument) {
        if (Objects.requireNonNull(value, argument).isZero() || value.isNegative()) {
            throw new IllegalArgumentException(argument + " is " + value + "; it must be positive");
        }
        return value;
    }
}
