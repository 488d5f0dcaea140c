package io.taskgroup;

/** How a group ended, as {@linkplain TaskGroupObserver#groupClosed observers} see it. */
public enum GroupOutcome {
    /** The caller got the body's value, or nothing was thrown. */
    SUCCEEDED,
    /** A task, a callback or the body failed. */
    FAILED,
    /** The group's deadline had passed; also when it then {@linkplain OnTimeout#MOVE_ON moved on}. */
    TIMED_OUT,
    /** The group was cancelled: by {@link TaskGroup#cancel()}, by the group around it, or by shutdown. */
    CANCELLED,
    /** The owner's thread was interrupted from outside. */
    INTERRUPTED
}
