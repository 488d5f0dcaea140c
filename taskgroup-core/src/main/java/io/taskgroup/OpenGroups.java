package io.taskgroup;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The open groups of a factory. A group has its number before it is on the list: so whoever shuts down waits for one that is
 * being opened.
 *
 * <pre>
 * OPEN       -> CLOSED       shutdown: no more groups
 * CLOSED     -> CANCELLING   shutdown, when the grace period is over: what is open is cancelled
 * </pre>
 */
final class OpenGroups {
    private static final CancelReason SHUTDOWN =
            CancelReason.of(CancelReason.Kind.SHUTDOWN, "the task group factory was shut down");

    private final Roster<OwnedGroup> groups = new Roster<>();
    private final AtomicLong opened = new AtomicLong();
    private volatile boolean closed;
    private volatile boolean cancelling;
    private volatile boolean watched;

    /**
     * Takes in a group that is to be opened; throws if the factory is closed.
     *
     * @return its number, for {@link #add} or {@link #skip}
     */
    long enter(OwnedGroup group) {
        long number = opened.incrementAndGet();
        if (closed) { // after it has its number: either this sees it, or whoever closed sees the number
            skip(number);
            throw new IllegalStateException("The task group factory is closed; " + group + " was not opened");
        }
        return number;
    }

    /** The group of that number was not opened. */
    void skip(long number) {
        groups.skip(number);
        tellWaiters();
    }

    /** Adds a group that was opened; it is cancelled at once if the others were. */
    void add(long number, OwnedGroup group) {
        groups.add(number, group);
        if (cancelling) { // after it was added: either this sees it, or whoever cancels sees the group
            group.cancel(SHUTDOWN);
        }
        tellWaiters();
    }

    void remove(Roster.Page page, long number) {
        page.strike(number);
        tellWaiters();
    }

    private void tellWaiters() {
        if (closed) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    Optional<OwnedGroup> find(long id) {
        return groups.members().stream().filter(group -> group.id() == id).findAny();
    }

    /** Returns whether somebody has looked at the groups: then it is worth knowing when a task was forked. */
    boolean areWatched() {
        return watched;
    }

    /** Returns the groups that are not inside a task of this factory, in the order they were opened. */
    List<OwnedGroup> roots() {
        watched = true;
        return groups.members().stream()
                .filter(group -> !isInsideTask(group))
                .filter(group -> !group.latch().isClosed()) // looked at last: one that has ended is inside nothing
                .sorted(Comparator.comparingLong(OwnedGroup::id))
                .toList();
    }

    /** Returns the groups in which a task that had begun was asked to stop. */
    List<OwnedGroup> thatAskedTasks() {
        return groups.members().stream()
                .filter(group -> group.clock().watchesTasks())
                .toList();
    }

    private static boolean isInsideTask(OwnedGroup group) {
        ForkedTask<?> parent = group.parentTask();
        return parent != null && parent.ownedGroup().engine() == group.engine();
    }

    /**
     * Refuses new groups, and waits for the open ones; cancels what is left after the grace period or an interrupt, and
     * waits for that.
     *
     * @return whether nothing had to be cancelled
     */
    boolean shutdown(Duration grace) throws InterruptedException {
        closed = true;
        boolean ended = false;
        boolean interrupted = false;
        try {
            ended = awaitEnd(Deadline.nanos(grace));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (!ended) {
            cancelAll();
            interrupted |= awaitEndUninterruptibly();
        }
        if (interrupted) {
            throw new InterruptedException("interrupted while shutting down; the groups that were open have ended");
        }
        return ended;
    }

    /** Cancels the outermost groups first: those inside are cancelled with them, or by themselves. */
    private void cancelAll() {
        cancelling = true;
        List<OwnedGroup> open = groups.members();
        open.stream().filter(group -> group.enclosing() == null).forEach(group -> group.cancel(SHUTDOWN));
        open.forEach(group -> group.cancel(SHUTDOWN));
    }

    /** Waits for every group but those that wait for the calling thread; false if the time is over, or one of these is open. */
    private synchronized boolean awaitEnd(long nanos) throws InterruptedException {
        Set<OwnedGroup> own = waitingForCaller();
        long until = System.nanoTime() + nanos;
        while (!isNobodyBut(own)) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return own.isEmpty() || isNobodyBut(Set.of());
    }

    /** Returns whether no group is open, or being opened, but these. */
    private boolean isNobodyBut(Set<OwnedGroup> own) {
        long opening = groups.toCome(opened.get()); // looked at first: then they are on the list
        List<OwnedGroup> listed = groups.members();
        long ownOpening = own.stream().filter(group -> !listed.contains(group)).count();
        return opening <= ownOpening && own.containsAll(listed);
    }

    private boolean awaitEndUninterruptibly() {
        boolean interrupted = false;
        while (true) {
            try {
                awaitEnd(Long.MAX_VALUE / 2);
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    /** Returns the groups that the calling thread is inside of, or in a callback of: they wait for it. */
    private Set<OwnedGroup> waitingForCaller() {
        Stream<CancelScope> calledBack = groups.members().stream()
                .filter(group -> group.settlement().isCalledBackByCaller())
                .map(OwnedGroup::body);
        return Stream.concat(Stream.ofNullable(CurrentScope.get()), calledBack)
                .flatMap(innermost -> Stream.iterate(innermost, Objects::nonNull, CancelScope::enclosing))
                .map(CancelScope::ownedGroup)
                .filter(group -> group.engine().openGroups() == this)
                .collect(Collectors.toSet());
    }
}
