package io.taskgroup;

import io.taskgroup.CancelReason.Kind;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

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

    /** Returns why a task was asked to stop, or was cancelled without that. */
    static CancelReason reason(ForkedTask<?> cancelled) {
        StopRequest request = cancelled.request();
        if (request != null) {
            return request.reason;
        }
        if (cancelled.content() instanceof TaskGroupCancelledException refused) {
            return refused.reason();
        }
        boolean byItself = isByItself(cancelled.content());
        String why = byItself
                ? cancelled + " threw " + ThrowableText.of(cancelled.thrown()) + " of its own"
                : "the owner was interrupted while it ran " + cancelled;
        return CancelReason.ofTask(byItself ? Kind.TASK_CANCELLED : Kind.INTERRUPTED, cancelled.name(), why);
    }

    /**
     * Returns whether a task was cancelled on its own: not by its group, which may have been cancelled and not have asked
     * this task yet, and not with its owner.
     */
    static boolean isAlone(
            @Nullable StopRequest request, @Nullable Object thrown, @Nullable CancelReason reasonOfGroup) {
        return request == null ? reasonOfGroup == null && isByItself(thrown) : request.reason != reasonOfGroup;
    }

    /** Whether a task that nobody asked to stop did so by itself; else it met an interrupt of the owner that ran it. */
    private static boolean isByItself(@Nullable Object thrown) {
        return thrown instanceof CancellationException;
    }
}
