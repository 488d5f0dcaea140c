package io.taskgroup.spring.actuate;

import io.taskgroup.CancelReason;
import io.taskgroup.GroupOutcome;
import io.taskgroup.TaskFailure;
import io.taskgroup.TaskGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group that did not succeed, as the endpoint shows it.
 *
 * @param id the group's number
 * @param name the group's name
 * @param outcome how it ended
 * @param ended when it ended
 * @param elapsed the time from opening it to its end
 * @param cancelReason why it was cancelled; null if it was not
 * @param failures what failed first in it
 */
record EndedGroup(
        long id,
        String name,
        String outcome,
        String ended,
        String elapsed,
        @Nullable Reason cancelReason,
        List<Failure> failures) {

    /**
     * What failed in a group, as the endpoint shows it.
     *
     * @param id the task's number; null for what is no task
     * @param name the task's name; or else {@code body}, {@code callback of <task>} or {@code policy}
     * @param exception the name of the exception's class
     * @param message the exception's message, if the caller may see it; null if there is none
     */
    record Failure(
            @Nullable Long id,
            String name,
            String exception,
            @Nullable String message) {
        static Failure of(TaskFailure failure, @Nullable Long taskId) {
            Throwable thrown = failure.exception();
            return new Failure(taskId, failure.taskName(), thrown.getClass().getName(), thrown.getMessage());
        }

        private Failure shownWith(Disclosure disclosure) {
            return new Failure(id, name, exception, message == null ? null : disclosure.of(message));
        }
    }

    static EndedGroup of(TaskGroup group, GroupOutcome outcome, Duration elapsed, List<Failure> failures) {
        CancelReason reason = group.cancelReason().orElse(null);
        return new EndedGroup(
                group.id(),
                group.name(),
                outcome.name(),
                Instant.now().toString(),
                elapsed.toString(),
                reason == null ? null : Reason.of(reason, Disclosure.MESSAGES),
                List.copyOf(failures));
    }

    EndedGroup shownWith(Disclosure disclosure) {
        Reason reason = cancelReason;
        return new EndedGroup(
                id,
                name,
                outcome,
                ended,
                elapsed,
                reason == null ? null : reason.shownWith(disclosure),
                failures.stream().map(failure -> failure.shownWith(disclosure)).toList());
    }
}
