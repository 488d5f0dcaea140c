package io.taskgroup;

/**
 * Decides when a group has seen enough, and whether it succeeded. A policy is stateless: it may be shared by groups.
 *
 * <p>It is asked without a lock held, never two at a time for one group, on the thread that ended the task (or on another
 * that is asking the policy just then). {@link Task#await()} returns after the policy was asked about the task. A
 * policy that throws fails the group, listed as {@code policy}.
 */
public interface JoinPolicy {
    /**
     * Asked once for every task that has ended. A group whose policy answers true is cancelled: with kind
     * {@link CancelReason.Kind#TASK_FAILED} or {@link CancelReason.Kind#TASK_CANCELLED} if that is how the task ended,
     * else with {@link CancelReason.Kind#DECIDED}.
     *
     * @param ended the task
     * @param soFar the counts, this task included
     * @return whether to cancel the rest
     */
    boolean cancelsRest(Task<?> ended, TaskCounts soFar);

    /**
     * Asked when every task has ended.
     *
     * @param atJoin the counts
     * @return false to make {@code join} throw {@link TaskGroupException}
     */
    boolean isSuccess(TaskCounts atJoin);

    /**
     * The default: every task must succeed. One that fails or is cancelled cancels the rest.
     *
     * @return the policy
     */
    static JoinPolicy allSuccessful() {
        return JoinPolicies.ALL_SUCCESSFUL;
    }

    /**
     * CPython's own rule: no task may fail; a task that is cancelled on its own is let go.
     *
     * @return the policy
     */
    static JoinPolicy noFailures() {
        return JoinPolicies.NO_FAILURES;
    }

    /**
     * A race: the first success cancels the rest. The group fails only if tasks were forked and none succeeded.
     *
     * @return the policy
     */
    static JoinPolicy anySuccessful() {
        return JoinPolicies.ANY_SUCCESSFUL;
    }

    /**
     * So many successes cancel the rest. The group fails if there are fewer, also if nothing was forked.
     *
     * @param successes how many; positive
     * @return the policy
     */
    static JoinPolicy quorum(int successes) {
        return new JoinPolicies.Quorum(Arguments.positive(successes, "successes"));
    }

    /**
     * Cancels nothing and never fails: the caller looks at the tasks. What is no task's (a callback that throws, a
     * deadline, an interrupt) still ends the group.
     *
     * @return the policy
     */
    static JoinPolicy awaitAll() {
        return JoinPolicies.AWAIT_ALL;
    }
}
