package io.taskgroup;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the tasks of a factory's open groups that were asked to stop: one that is still running when its warning is
 * due is reported, and again after two, four, … times as long, so that a hang names its culprit.
 *
 * <p>One timer serves all of them: who asks a task to stop sets it only if none comes early enough. Most tasks obey, and a
 * look that finds nobody left sets none.
 *
 * <pre>
 * no look planned -> planned           expect: somebody was asked to stop
 * planned         -> planned earlier   expect, of a group that warns sooner
 * planned         -> no look planned   look, before it looks: who is asked from now on plans another
 * </pre>
 */
final class StragglerWatch {
    private final OpenGroups groups;
    private volatile @Nullable Look planned;

    private record Look(long atNanos, Future<?> timer) {
        boolean isInTimeFor(long nanos) {
            return atNanos - nanos <= 0;
        }
    }

    StragglerWatch(OpenGroups groups) {
        this.groups = groups;
    }

    /** A task was asked to stop; its first warning is due at that time of {@link System#nanoTime()}. */
    void expect(long warningNanos) {
        Look next = planned;
        if (next == null || !next.isInTimeFor(warningNanos)) {
            plan(warningNanos);
        }
    }

    private synchronized void plan(long atNanos) {
        Look next = planned;
        if (next != null) {
            if (next.isInTimeFor(atNanos)) {
                return;
            }
            next.timer.cancel(false);
        }
        planned = new Look(atNanos, Timers.schedule(this::look, atNanos - System.nanoTime()));
    }

    private void look() {
        forgetPlan();
        long now = System.nanoTime();
        for (OwnedGroup group : groups.thatAskedTasks()) {
            for (ForkedTask<?> task : group.live()) {
                StopRequest request = task.request();
                if (request != null && !request.isWithdrawn()) {
                    look(task, request, group.clock().stragglerWarningNanos(), now);
                }
            }
        }
    }

    private synchronized void forgetPlan() {
        planned = null;
    }

    private void look(ForkedTask<?> task, StopRequest request, long first, long now) {
        long since = now - request.atNanos;
        if (request.takeWarning(first, since)) {
            Thread thread = task.thread();
            if (thread != null && task.state() == TaskState.RUNNING) {
                warn(task, request, thread, Duration.ofNanos(since));
            }
        }
        expect(request.atNanos + request.warnAfterNanos(first));
    }

    private static void warn(ForkedTask<?> task, StopRequest request, Thread thread, Duration since) {
        String stack = Arrays.stream(thread.getStackTrace())
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
        Log.warn(task + " still runs " + since.toMillis() + " ms after it was asked to stop (" + request.reason
                + "), and its group waits for it; make it end when its thread is interrupted. Thread '"
                + ThreadName.of(thread) + "' is at:" + stack);
        task.ownedGroup().observers().taskStraggling(task, since, thread);
    }
}
