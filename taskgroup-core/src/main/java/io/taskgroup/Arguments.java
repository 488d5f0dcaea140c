package io.taskgroup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

    static int positive(int value, String argument) {
        if (value <= 0) {
            throw new IllegalArgumentException(argument + " is " + value + "; it must be positive");
        }
        return value;
    }

    /** Returns a copy without null elements. */
    static <T> List<T> elements(Collection<? extends T> values, String argument) {
        List<T> copy = new ArrayList<>(Objects.requireNonNull(values, argument));
        int index = copy.indexOf(null);
        if (index >= 0) {
            throw new NullPointerException(argument + " has null at index " + index);
        }
        return copy;
    }
}
