package io.taskgroup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a group means for its caller: rule 4, the first cause wins and nothing is lost. A function of the
 * evidence, without a thread or a lock.
 *
 * @param outcome what observers see
 * @param thrown what the caller gets; null for the body's value
 */
record Verdict(GroupOutcome outcome, @Nullable Throwable thrown) {
    static final String BODY = "body";

    static final Verdict SUCCEEDED = new Verdict(GroupOutcome.SUCCEEDED, null);

    /**
     * What is known when every task has ended.
     *
     * @param group the group's name
     * @param reason what cancelled the group first
     * @param failures what failed beside the body, in order
     * @param success whether the policy is content
     * @param body what the body threw
     * @param joinFailure what {@code join} threw in the body: not the body's own failure
     * @param wantsValue whether the caller is left without a value when the body was stopped
     * @param onTimeout what the caller gets at the deadline
     * @param timeout the timeout in force
     * @param unfinished the tasks that had not ended at the deadline
     */
    record Evidence(
            String group,
            @Nullable CancelReason reason,
            List<TaskFailure> failures,
            boolean success,
            @Nullable Throwable body,
            @Nullable Throwable joinFailure,
            boolean wantsValue,
            OnTimeout onTimeout,
            Duration timeout,
            List<String> unfinished) {

        Verdict verdict() {
            Throwable fatal = fatal();
            if (fatal != null) {
                return failed(fatal(fatal));
            }
            if (reason == null) {
                return byPolicy();
            }
            return switch (reason.kind()) {
                case TASK_FAILED, TASK_CANCELLED -> stoppedByTask();
                case BODY_FAILED -> body != null ? failed(bodyException(body)) : closedWithoutJoin();
                case INTERRUPTED -> stoppedFromOutside(GroupOutcome.INTERRUPTED, interruption());
                case PARENT_CANCELLED ->
                    stoppedFromOutside(GroupOutcome.CANCELLED, new EnclosingStoppedException(stopped()));
                case SHUTDOWN -> stoppedFromOutside(GroupOutcome.CANCELLED, cancellation());
                case REQUESTED -> stoppedByItself(GroupOutcome.CANCELLED, isStopped() ? cancellation() : null);
                case TIMEOUT ->
                    onTimeout == OnTimeout.FAIL
                            ? new Verdict(GroupOutcome.TIMED_OUT, timeoutException())
                            : stoppedByItself(GroupOutcome.TIMED_OUT, isStopped() ? timeoutException() : null);
                case DECIDED -> decided();
            };
        }

        /** The policy alone says; but what {@code join} threw is thrown again, also if the policy is content by now. */
        private Verdict byPolicy() {
            if (!success) {
                return failed(groupException());
            }
            return joinFailure == null ? SUCCEEDED : failed(joinFailure);
        }

        /** A user's policy may cancel the rest for a failure, and be content with it. */
        private Verdict stoppedByTask() {
            if (success && body == null) {
                return SUCCEEDED;
            }
            return success && failuresAndBody().isEmpty()
                    ? new Verdict(GroupOutcome.CANCELLED, cancellation())
                    : failed(groupException());
        }

        /** Nobody knows what the body threw: Java adds what failed here to it. */
        private Verdict closedWithoutJoin() {
            return new Verdict(GroupOutcome.FAILED, failures.isEmpty() ? null : groupException());
        }

        private Verdict decided() {
            Throwable own = bodyFailure();
            if (own != null) {
                return failed(bodyException(own));
            }
            return success && joinFailure == null && body != null
                    ? new Verdict(GroupOutcome.CANCELLED, cancellation())
                    : byPolicy();
        }

        /** The cause is not the group's: what failed comes together, or what says why. */
        private Verdict stoppedFromOutside(GroupOutcome outcome, Throwable why) {
            if (tasksFailed()) {
                return failed(groupException());
            }
            Throwable own = why == body ? null : bodyFailure();
            return own != null ? failed(bodyException(own)) : new Verdict(outcome, why);
        }

        /** The group was meant to end: only what really failed is thrown, the body's own exception as it is. */
        private Verdict stoppedByItself(GroupOutcome outcome, @Nullable Throwable why) {
            Throwable own = bodyFailure();
            if (own != null) {
                return failed(bodyException(own));
            }
            return tasksFailed() ? failed(groupException()) : new Verdict(outcome, why);
        }

        private static Verdict failed(Throwable thrown) {
            return new Verdict(GroupOutcome.FAILED, thrown);
        }

        /** Tasks that were cancelled on their own are listed, but are not failures. */
        private boolean tasksFailed() {
            return !success
                    && failures.stream().anyMatch(failure -> !(failure.exception() instanceof TaskCancelledException));
        }

        /** Whether the caller waits for a value that the body, stopped by the cancellation, did not return. */
        private boolean isStopped() {
            return wantsValue && body != null;
        }

        /**
         * Returns what the body failed with by itself: what it threw or, if that only tells that it was stopped, what
         * closing resources on the way added to it.
         */
        private List<Throwable> bodyFailures() {
            if (body == null) {
                return List.of();
            }
            if (!isEcho(body)) {
                return List.of(body);
            }
            return Arrays.stream(body.getSuppressed())
                    .filter(added -> !isEcho(added) && !(added instanceof NotJoinedException))
                    .toList();
        }

        /** Returns the first of these, with the others suppressed. */
        private @Nullable Throwable bodyFailure() {
            List<Throwable> own = bodyFailures();
            if (own.isEmpty()) {
                return null;
            }
            own.stream().skip(1).forEach(other -> Suppression.add(own.get(0), other));
            return own.get(0);
        }

        /** Whether an exception of the body only tells again what cancelled the group. */
        private boolean isEcho(Throwable thrown) {
            return thrown == joinFailure || Echo.isCancellation(thrown) || !success && isListed(thrown);
        }

        private boolean isListed(Throwable thrown) {
            return failures.stream().anyMatch(failure -> Ledger.isTold(failure, thrown));
        }

        private TaskGroupException groupException() {
            return new TaskGroupException(group, failuresAndBody());
        }

        private TaskGroupTimeoutException timeoutException() {
            return new TaskGroupTimeoutException(group, timeout, unfinished, failuresAndBody());
        }

        private List<TaskFailure> failuresAndBody() {
            List<TaskFailure> all = new ArrayList<>(failures);
            all.addAll(ofBody());
            return all;
        }

        /** Returns what the body failed with by itself. */
        List<TaskFailure> ofBody() {
            return bodyFailures().stream()
                    .filter(own -> !isListed(own))
                    .map(own -> new TaskFailure(BODY, own))
                    .toList();
        }

        private Throwable bodyException(Throwable thrown) {
            List<TaskFailure> others = failures.stream()
                    .filter(failure -> !Ledger.isTold(failure, thrown))
                    .flatMap(failure -> Suppression.besides(thrown, failure.exception())
                            .map(rest -> new TaskFailure(failure.taskName(), rest))
                            .stream())
                    .toList();
            if (!others.isEmpty()) {
                thrown.addSuppressed(new TaskGroupException(group, others));
            }
            return thrown;
        }

        private @Nullable Throwable fatal() {
            boolean bodyWasFirst = reason == null || reason.kind() == CancelReason.Kind.BODY_FAILED;
            if (body != null && isFatal(body) && bodyWasFirst) {
                return body;
            }
            return failuresAndBody().stream()
                    .map(TaskFailure::exception)
                    .filter(Verdict::isFatal)
                    .findFirst()
                    .orElse(null);
        }

        private Throwable fatal(Throwable fatal) {
            for (TaskFailure failure : failuresAndBody()) {
                Suppression.add(fatal, failure.exception());
            }
            return fatal;
        }

        private InterruptedException interruption() {
            return body instanceof InterruptedException own ? own : new InterruptedException(stopped());
        }

        private String stopped() {
            return "Group '" + group + "' was stopped (" + reason + ")";
        }

        private TaskGroupCancelledException cancellation() {
            if (reason == null) {
                throw new IllegalStateException("Group '" + group + "' was not cancelled");
            }
            TaskGroupCancelledException cancelled =
                    new TaskGroupCancelledException("Group '" + group + "' was cancelled (" + reason + ")", reason);
            if (body != null) {
                cancelled.initCause(body);
            }
            return cancelled;
        }
    }

    /** What no group should hide: asyncio lets {@code KeyboardInterrupt} and {@code SystemExit} through in the same way. */
    static boolean isFatal(Throwable thrown) {
        return thrown instanceof VirtualMachineError || thrown instanceof LinkageError;
    }
}
