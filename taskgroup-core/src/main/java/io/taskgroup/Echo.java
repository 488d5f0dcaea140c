package io.taskgroup;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;

/** Rule 6: what code throws because it was asked to stop is no failure of its own. */
final class Echo {
    /** Longer cause chains are not followed: they are circular, or nobody reads them. */
    private static final int DEPTH = 100;

    private Echo() {}

    /** Whether the throwable, or one in its cause chain, is what a cancellation makes code throw. */
    static boolean isCancellation(Throwable thrown) {
        return find(thrown, true);
    }

    /** As {@link #isCancellation}, for what only an interrupt causes. */
    static boolean isInterruption(Throwable thrown) {
        return find(thrown, false);
    }

    private static boolean find(Throwable thrown, boolean cancellations) {
        Throwable link = thrown;
        for (int i = 0; link != null && i < DEPTH; i++) {
            if (link instanceof TaskGroupException group) {
                return isAllEcho(group, cancellations);
            }
            if (isInterruptionItself(link) || cancellations && link instanceof CancellationException) {
                return true;
            }
            link = link.getCause();
        }
        return false;
    }

    /** A group's report is an echo only if everything in it is: nothing is lost. */
    private static boolean isAllEcho(TaskGroupException group, boolean cancellations) {
        return !group.failures().isEmpty()
                && group.failures().stream().allMatch(failure -> find(failure.exception(), cancellations));
    }

    private static boolean isInterruptionItself(Throwable thrown) {
        return thrown instanceof InterruptedException
                || thrown instanceof ClosedByInterruptException
                || thrown instanceof InterruptedIOException && !(thrown instanceof SocketTimeoutException);
    }
}
