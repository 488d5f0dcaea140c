package io.taskgroup;

/** What a group's caller gets when the group's deadline passes. In both cases the group's tasks are cancelled. */
public enum OnTimeout {
    /** {@link TaskGroupTimeoutException}: asyncio's {@code timeout}, Trio's {@code fail_after}. The default. */
    FAIL,
    /** No exception, the body's value is returned: Trio's {@code move_on_after}. */
    MOVE_ON
}
