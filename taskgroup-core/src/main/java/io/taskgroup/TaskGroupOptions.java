package io.taskgroup;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a group behaves. Immutable: every {@code with…} returns a copy. An accessor gives the library's default where
 * nothing was set; the type still knows which values were set, so that {@link TaskGroupFactory} can layer them, value
 * by value: what a call sets wins over {@link TaskGroupFactory.Builder#options}, that over
 * {@link TaskGroupFactory.Builder#defaults}, that over the library's defaults.
 *
 * <p><b>General exceptions.</b> A null argument gives {@code NullPointerException}, a blank name or a duration that is
 * not positive {@code IllegalArgumentException}; both name the argument.
 */
public final class TaskGroupOptions {
    /** What {@link #withoutTimeout()} sets; a user cannot, for a timeout is positive. */
    private static final Duration NO_TIMEOUT = Duration.ZERO;

    private static final Duration STRAGGLER_WARNING = Duration.ofSeconds(10);

    private final String name;
    private final @Nullable Duration timeout;
    private final @Nullable OnTimeout onTimeout;
    private final @Nullable Integer maxConcurrency;
    private final @Nullable JoinPolicy policy;
    private final @Nullable CancelMode cancelMode;
    private final @Nullable Duration stragglerWarning;

    private TaskGroupOptions(
            String name,
            @Nullable Duration timeout,
            @Nullable OnTimeout onTimeout,
            @Nullable Integer maxConcurrency,
            @Nullable JoinPolicy policy,
            @Nullable CancelMode cancelMode,
            @Nullable Duration stragglerWarning) {
        this.name = name;
        this.timeout = timeout;
        this.onTimeout = onTimeout;
        this.maxConcurrency = maxConcurrency;
        this.policy = policy;
        this.cancelMode = cancelMode;
        this.stragglerWarning = stragglerWarning;
    }

    /**
     * Returns options for a group of that name, with nothing else set.
     *
     * @param groupName the group's name
     * @return the options
     */
    public static TaskGroupOptions named(String groupName) {
        return new TaskGroupOptions(Arguments.name(groupName, "groupName"), null, null, null, null, null, null);
    }

    /**
     * Returns these options under another name.
     *
     * @param groupName the group's name
     * @return the options
     */
    public TaskGroupOptions withName(String groupName) {
        return new TaskGroupOptions(
                Arguments.name(groupName, "groupName"),
                timeout,
                onTimeout,
                maxConcurrency,
                policy,
                cancelMode,
                stragglerWarning);
    }

    /**
     * Returns options with a deadline: so long after the group was opened it is cancelled. What the caller gets then is
     * for {@link #onTimeout()}, which this method leaves as it is.
     *
     * @param timeout the time from opening the group; positive
     * @return the options
     */
    public TaskGroupOptions withTimeout(Duration timeout) {
        return new TaskGroupOptions(
                name,
                Arguments.positive(timeout, "timeout"),
                onTimeout,
                maxConcurrency,
                policy,
                cancelMode,
                stragglerWarning);
    }

    /**
     * Returns options with a deadline, and with what happens then.
     *
     * @param timeout the time from opening the group; positive
     * @param then what the caller gets
     * @return the options
     */
    public TaskGroupOptions withTimeout(Duration timeout, OnTimeout then) {
        return withTimeout(timeout).withOnTimeout(then);
    }

    /**
     * Returns options without a deadline of the group's own, whatever the factory's defaults say.
     *
     * @return the options
     */
    public TaskGroupOptions withoutTimeout() {
        return new TaskGroupOptions(name, NO_TIMEOUT, onTimeout, maxConcurrency, policy, cancelMode, stragglerWarning);
    }

    /**
     * Returns options with what happens when the deadline passes.
     *
     * @param then what the caller gets
     * @return the options
     */
    public TaskGroupOptions withOnTimeout(OnTimeout then) {
        return new TaskGroupOptions(
                name,
                timeout,
                Objects.requireNonNull(then, "then"),
                maxConcurrency,
                policy,
                cancelMode,
                stragglerWarning);
    }

    /**
     * Returns options with a limit: at most so many tasks of the group are in their code at once; the rest wait,
     * {@link TaskState#PENDING}, in fork order. A task that awaits another of the group lends it its place, so that a
     * limit of one cannot deadlock.
     *
     * @param tasks the limit; positive
     * @return the options
     */
    public TaskGroupOptions withMaxConcurrency(int tasks) {
        return new TaskGroupOptions(
                name, timeout, onTimeout, Arguments.positive(tasks, "tasks"), policy, cancelMode, stragglerWarning);
    }

    /**
     * Returns options with a straggler warning: a task that is still running so long after it was asked to stop is
     * reported in the log and to {@link TaskGroupObserver#taskStraggling}, and again after two, four, … times as long.
     *
     * @param afterCancel the time from the request to the first warning; positive
     * @return the options
     */
    public TaskGroupOptions withStragglerWarning(Duration afterCancel) {
        return new TaskGroupOptions(
                name,
                timeout,
                onTimeout,
                maxConcurrency,
                policy,
                cancelMode,
                Arguments.positive(afterCancel, "afterCancel"));
    }

    /**
     * Returns options with a join policy.
     *
     * @param policy when the group has seen enough, and when it succeeded
     * @return the options
     */
    public TaskGroupOptions withPolicy(JoinPolicy policy) {
        return new TaskGroupOptions(
                name,
                timeout,
                onTimeout,
                maxConcurrency,
                Objects.requireNonNull(policy, "policy"),
                cancelMode,
                stragglerWarning);
    }

    /**
     * Returns options with a cancel mode.
     *
     * @param mode how tasks and body are asked to stop
     * @return the options
     */
    public TaskGroupOptions withCancelMode(CancelMode mode) {
        return new TaskGroupOptions(
                name,
                timeout,
                onTimeout,
                maxConcurrency,
                policy,
                Objects.requireNonNull(mode, "mode"),
                stragglerWarning);
    }

    /**
     * Returns the group's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the time from opening the group to its deadline.
     *
     * @return the timeout; by default there is none
     */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout).filter(set -> !set.equals(NO_TIMEOUT));
    }

    /**
     * Returns what happens when the deadline passes.
     *
     * @return by default {@link OnTimeout#FAIL}
     */
    public OnTimeout onTimeout() {
        return onTimeout != null ? onTimeout : OnTimeout.FAIL;
    }

    /**
     * Returns how many tasks of the group may be in their code at once.
     *
     * @return the limit; by default there is none
     */
    public OptionalInt maxConcurrency() {
        return maxConcurrency == null ? OptionalInt.empty() : OptionalInt.of(maxConcurrency);
    }

    /**
     * Returns how long after it was asked to stop a task is reported as a straggler.
     *
     * @return by default 10 seconds
     */
    public Duration stragglerWarning() {
        return stragglerWarning != null ? stragglerWarning : STRAGGLER_WARNING;
    }

    /**
     * Returns the join policy.
     *
     * @return by default {@link JoinPolicy#allSuccessful()}
     */
    public JoinPolicy policy() {
        return policy != null ? policy : JoinPolicy.allSuccessful();
    }

    /**
     * Returns how tasks and body are asked to stop.
     *
     * @return by default {@link CancelMode#INTERRUPT}
     */
    public CancelMode cancelMode() {
        return cancelMode != null ? cancelMode : CancelMode.INTERRUPT;
    }

    /** Returns what is set here, under this name, and what is set in {@code lower} where nothing is set here. */
    TaskGroupOptions over(TaskGroupOptions lower) {
        if (lower == this) {
            return this;
        }
        return new TaskGroupOptions(
                name,
                timeout != null ? timeout : lower.timeout,
                onTimeout != null ? onTimeout : lower.onTimeout,
                maxConcurrency != null ? maxConcurrency : lower.maxConcurrency,
                policy != null ? policy : lower.policy,
                cancelMode != null ? cancelMode : lower.cancelMode,
                stragglerWarning != null ? stragglerWarning : lower.stragglerWarning);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaskGroupOptions that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    /** Returns what is set. */
    private List<@Nullable Object> values() {
        return Arrays.asList(name, timeout, onTimeout, maxConcurrency, policy, cancelMode, stragglerWarning);
    }

    @Override
    public String toString() {
        return "TaskGroupOptions[name=" + name + ", timeout="
                + timeout().map(Duration::toString).orElse("none") + ", onTimeout=" + onTimeout() + ", maxConcurrency="
                + (maxConcurrency == null ? "none" : maxConcurrency) + ", policy=" + policy() + ", cancelMode="
                + cancelMode() + ", stragglerWarning=" + stragglerWarning() + "]";
    }
}
