package io.taskgroup;

/**
 * A group in the try-with-resources form. It needs a {@link #join()} before the end of the block; a block that ends
 * without one is taken as failed. The body is never interrupted by its own group.
 */
public sealed interface OpenTaskGroup extends TaskGroup, AutoCloseable permits OwnedGroup {
    /**
     * Ends the group. After a {@link #join()} with no fork since, it only closes the group. Otherwise the body has
     * failed: the group is cancelled, this method waits for the tasks and throws their failures (which Java adds to the
     * exception of the block, if there is one).
     *
     * <p>It never throws {@code InterruptedException}: it waits, and leaves the interrupt flag set. A second call does
     * nothing.
     *
     * @throws TaskGroupException if the group was not joined and tasks failed
     * @throws IllegalStateException if the group was not joined, something was forked and nothing failed; if the caller
     *     is not the owner; or if a group opened inside this one is still open: that one is cancelled and waited for
     *     first
     */
    @Override
    void close();
}
