package io.taskgroup;

import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Rule 6: what code throws because it was asked to stop is no failure of its own. */
final class Echo {
    /** What the JDK's sockets say, without a cause, when a virtual thread is interrupted that reads or writes. */
    private static final String CLOSED_BY_INTERRUPT = "Closed by interrupt";

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
            return find(thrown, cancellations, Set.of());
        } catch (Throwable unreadable) { // a user's getCause()
            return false;
        }
    }

    /** Follows the causes of a throwable, which may lead back to one that was seen on the way. */
    private static boolean find(Throwable thrown, boolean cancellations, Set<Throwable> before) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.addAll(before);
        for (Throwable link = thrown; link != null && seen.add(link); link = link.getCause()) {
            if (link instanceof TaskGroupException group) {
                return isAllEcho(group, cancellations, seen);
            }
            if (!cancellations && isOurs(link)) {
                return false; // whatever its cause: the interrupt was one of the library's own
            }
            if (isInterruptionItself(link) || cancellations && link instanceof CancellationException) {
                return true;
            }
        }
        return false;
    }

    /** A group's report is an echo only if everything in it is: nothing is lost. */
    private static boolean isAllEcho(TaskGroupException group, boolean cancellations, Set<Throwable> seen) {
        return !group.failures().isEmpty()
                && group.failures().stream().allMatch(failure -> find(failure.exception(), cancellations, seen));
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
