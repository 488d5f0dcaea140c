package io.taskgroup;

import java.util.concurrent.Callable;

/**
 * Carries context from the thread that forks into the task: thread-locals, logging context, a security context.
 *
 * <p>A carrier that throws, or returns null from {@link #capture()}, fails the task that it was called for, and nothing
 * else.
 */
public interface ContextCarrier {
    /**
     * Captures the context of the calling thread. Called once for each {@code fork}, on the forking thread.
     *
     * @return what was captured; never null
     */
    Captured capture();

    /**
     * Returns a carrier that binds scoped values in a task to what they were bound to on the forking thread. Those that
     * were not bound there stay as they are.
     *
     * @param scopedValues the {@code java.lang.ScopedValue}s
     * @return the carrier
     * @throws UnsupportedOperationException before JDK 25
     * @throws NullPointerException if one is null
     * @throws IllegalArgumentException if one is something else
     */
    static ContextCarrier scopedValues(Object... scopedValues) {
        return ScopedValueCarrier.of(scopedValues);
    }

    /** The context of one task. */
    interface Captured {
        /**
         * Runs the task inside the context, then puts back what was there before; it never clears. It may be called
         * several times for one task, also at the same time on several threads: for the task itself and for the
         * observers and callbacks of it. The task may also run on the forking thread.
         *
         * @param <T> the type of the result
         * @param task what to run; its result is to be returned and its exceptions are to be let through
         * @return what the task returned
         * @throws Exception what the task threw
         */
        <T> T call(Callable<T> task) throws Exception;

        /**
         * Returns whether a new thread that the forking thread starts has this context by itself: because there is nothing
         * to carry, or because threads inherit it. Where the library starts such a thread for the task, it then uses
         * neither {@link #call} nor {@link #discard}, and the observers and callbacks of the task see what the thread has
         * that they run on. Asked at most once, on the forking thread, at fork.
         *
         * @return by default false: the context is restored on every thread
         */
        default boolean isInherited() {
            return false;
        }

        /** Called instead of {@link #call} when the task will never run, on the thread that ended it. */
        default void discard() {}
    }
}
