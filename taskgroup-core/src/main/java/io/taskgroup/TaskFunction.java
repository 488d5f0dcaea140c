package io.taskgroup;

/**
 * What {@link TaskGroupFactory#map} does to each item, in a task of its own.
 *
 * @param <I> the type of the items
 * @param <T> the type of the results
 */
@FunctionalInterface
public interface TaskFunction<I, T> {
    /**
     * Computes the result for an item.
     *
     * @param item the item
     * @return the result
     * @throws Exception if the task fails
     */
    T apply(I item) throws Exception;
}
