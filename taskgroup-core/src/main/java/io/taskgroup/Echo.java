package io.taskgroup;

import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Rule 6: what code throws because it was asked to stop is no failure of its own. */
final class Echo {
    /** What the JDK's sockets say, without a cause, when a virtual thread is interrupted that reads or writes. */
    private static final String CLOSED_BY_INTERRUPT = "Closed by interrupt";

    /** Groups further inside one another are not looked into: they are circular, or nobody reads them. */
    private static final int NESTED_GROUPS = 100;

    private Echo() {}

    /** Whether the throwable, or one in its cause chain, is what a cancellation makes code throw. */
    static boolean isCancellation(Throwable thrown) {
        return isEcho(thrown, true);
    }

    /** As {@link #isCancellation}, for what only an interrupt from outside causes. */
    static boolean isInterruption(Throwable thrown) {
        return isEcho(thrown, false);
    }

    private static boolean isEcho(Throwable thrown, boolean cancellations) {
        try {
            return find(thrown, cancellations, NESTED_GROUPS);
        } catch (Throwable unreadable) { // a user's getCause()
            return false;
        }
    }

    /** Follows the causes of a throwable, which may go round: then one comes again that was marked at a power of two. */
    private static boolean find(Throwable thrown, boolean cancellations, int groupsLeft) {
        @Nullable Throwable marked = null;
        int links = 0;
        for (Throwable link = thrown; link != null && link != marked; link = link.getCause()) {
            if (link instanceof TaskGroupException group) {
                return groupsLeft > 0 && isAllEcho(group, cancellations, groupsLeft - 1);
            }
            if (!cancellations && isOurs(link)) {
                return false; // whatever its cause: the interrupt was one of the library's own
            }
            if (isInterruptionItself(link) || cancellations && link instanceof CancellationException) {
                return true;
            }
            if (Integer.bitCount(++links) == 1) {
                marked = link;
            }
        }
        return false;
    }

    /** A group's report is an echo only if everything in it is: nothing is lost. */
    private static boolean isAllEcho(TaskGroupException group, boolean cancellations, int groupsLeft) {
        return !group.failures().isEmpty()
                && group.failures().stream().allMatch(failure -> find(failure.exception(), cancellations, groupsLeft));
    }

    /** Whether the library says by this that something inside was asked to stop. */
    private static boolean isOurs(Throwable thrown) {
        return thrown instanceof EnclosingStoppedException
                || thrown instanceof TaskGroupCancelledException
                || thrown instanceof TaskCancelledException;
    }

    private static boolean isInterruptionItself(Throwable thrown) {
        return thrown instanceof InterruptedException
                || thrown instanceof ClosedByInterruptException
                || thrown instanceof InterruptedIOException && !(thrown instanceof SocketTimeoutException)
                || thrown instanceof SocketException && CLOSED_BY_INTERRUPT.equals(thrown.getMessage());
    }
}
