package io.taskgroup;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CancelReason} as an exception keeps it: that one holds an {@link Optional}, which is not serializable.
 *
 * @param kind the cause
 * @param message a sentence for people
 * @param taskName the task where it began, or null
 */
record KeptReason(
        CancelReason.Kind kind, String message, @Nullable String taskName) implements Serializable {
    static KeptReason of(CancelReason reason) {
        return new KeptReason(reason.kind(), reason.message(), reason.taskName().orElse(null));
    }

    CancelReason reason() {
        return new CancelReason(kind, message, Optional.ofNullable(taskName));
    }
}
