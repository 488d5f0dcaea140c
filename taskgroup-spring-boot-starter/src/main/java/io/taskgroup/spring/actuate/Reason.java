package io.taskgroup.spring.actuate;

import io.taskgroup.CancelReason;
import org.jspecify.annotations.Nullable;

/**
 * Why a group was cancelled, or a task was asked to stop, as the endpoint shows it.
 *
 * @param kind the cause
 * @param task the name of the task where it began; null if it began elsewhere
 * @param message a sentence, if the caller may see it
 */
record Reason(String kind, @Nullable String task, String message) {
    static Reason of(CancelReason reason, Disclosure disclosure) {
        return new Reason(reason.kind().name(), reason.taskName().orElse(null), reason.message()).shownWith(disclosure);
    }

    Reason shownWith(Disclosure disclosure) {
        return new Reason(kind, task, disclosure.of(message));
    }
}
