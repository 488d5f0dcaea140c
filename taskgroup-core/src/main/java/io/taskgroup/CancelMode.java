package io.taskgroup;

/** How a cancelled group asks its tasks and its body to stop. */
public enum CancelMode {
    /** Threads are interrupted, each at most once. The default. */
    INTERRUPT,
    /**
     * No thread is ever interrupted. {@link Task#checkpoint()}, {@link Task#isCancelRequested()}, {@link Task#await()}
     * and {@link TaskGroup#join()} notice the request.
     */
    COOPERATIVE
}
