package io.taskgroup;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Thrown when a group's deadline passed: asyncio's {@code TimeoutError} with the names of who was late. It also lists
 * what failed, if anything did; {@link #failures()} may be empty.
 */
public class TaskGroupTimeoutException extends TaskGroupException {
    private static final long serialVersionUID = 1L;

    /** The timeout in force. */
    private final Duration timeout;
    /** The tasks that were late. */
    private final String[] unfinished;

    /**
     * Creates the exception. The library does that; the constructor is for tests of code that handles it.
     *
     * @param groupName the group that was late
     * @param timeout the timeout that was in force
     * @param unfinished the names of the tasks that had not ended at the deadline, in fork order
     * @param failures what failed, in the order it happened
     */
    public TaskGroupTimeoutException(
            String groupName, Duration timeout, List<String> unfinished, List<TaskFailure> failures) {
        super(groupName, failures, message(groupName, timeout, unfinished, failures));
        this.timeout = Objects.requireNonNull(timeout, "timeout");
        this.unfinished = unfinished.toArray(String[]::new);
    }

    private static String message(
            String groupName, Duration timeout, List<String> unfinished, List<TaskFailure> failures) {
        return "Group '" + groupName + "' was not done after " + Deadline.text(timeout) + "; unfinished: "
                + (unfinished.isEmpty() ? "only its body" : String.join(", ", unfinished))
                + (failures.isEmpty() ? "" : "; " + listing(failures));
    }

    /**
     * Returns the names of the tasks that had not ended at the deadline.
     *
     * @return the names, in fork order; empty if only the body was late
     */
    public List<String> unfinished() {
        return List.of(unfinished);
    }

    /**
     * Returns the timeout that was in force when it expired.
     *
     * @return the timeout
     */
    public Duration timeout() {
        return timeout;
    }

    @Override
    boolean saysMoreThanItsFailures() {
        return true;
    }

    @Override
    TaskGroupException with(List<TaskFailure> part) {
        return new TaskGroupTimeoutException(groupName(), timeout, unfinished(), part);
    }
}
