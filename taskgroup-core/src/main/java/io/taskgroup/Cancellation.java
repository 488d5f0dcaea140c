package io.taskgroup;

import io.taskgroup.CancelReason.Kind;
import java.util.concurrent.CancellationException;

/** Says why a task was cancelled. */
final class Cancellation {
    private Cancellation() {}

    static TaskCancelledException of(ForkedTask<?> cancelled) {
        CancelReason reason = reason(cancelled);
        TaskCancelledException exception =
                new TaskCancelledException(cancelled + " was cancelled (" + reason + ")", reason);
        if (cancelled.content() != null) {
            exception.initCause(cancelled.thrown());
        }
        return exception;
    }

    private static CancelReason reason(ForkedTask<?> cancelled) {
        StopRequest request = cancelled.request();
        if (request != null) {
            return request.reason;
        }
        if (cancelled.content() instanceof TaskGroupCancelledException refused) {
            return refused.reason();
        }
        String why = isWithOwner(cancelled)
                ? "the owner was interrupted while it ran " + cancelled
                : cancelled + " threw " + Texts.of(cancelled.thrown()) + " of its own";
        return CancelReason.ofTask(isWithOwner(cancelled) ? Kind.INTERRUPTED : Kind.REQUESTED, cancelled.name(), why);
    }

    /** Whether nobody asked the task to stop, nor did it by itself: it met an interrupt of the owner. */
    static boolean isWithOwner(ForkedTask<?> cancelled) {
        return cancelled.request() == null && !(cancelled.content() instanceof CancellationException);
    }
}
