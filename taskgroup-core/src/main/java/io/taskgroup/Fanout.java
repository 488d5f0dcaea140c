package io.taskgroup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** The bodies behind {@code all}, {@code settle} and {@code map}: the same thing many times. */
final class Fanout {
    private Fanout() {}

    /** Results in the order given. */
    static <T> GroupBody<List<T>, RuntimeException> all(Collection<? extends Callable<? extends T>> tasks) {
        List<Callable<? extends T>> all = Arguments.elements(tasks, "tasks");
        return group -> {
            List<Task<T>> forked = forkAll(group, all);
            List<T> results = new ArrayList<>(forked.size());
            for (Task<T> task : forked) {
                results.add(task.await());
            }
            return results;
        };
    }

    /** The ended tasks in the order given. */
    static <T> GroupBody<List<Task<T>>, RuntimeException> settle(Collection<? extends Callable<? extends T>> tasks) {
        List<Callable<? extends T>> all = Arguments.elements(tasks, "tasks");
        return group -> {
            List<Task<T>> forked = forkAll(group, all);
            group.join();
            return forked;
        };
    }

    /** One task an item. */
    static <I, T> List<Callable<? extends T>> tasks(
            Collection<? extends I> items, TaskFunction<? super I, ? extends T> function) {
        Objects.requireNonNull(items, "items");
        Objects.requireNonNull(function, "function");
        List<Callable<? extends T>> tasks = new ArrayList<>(items.size());
        for (I item : items) {
            tasks.add(() -> function.apply(item));
        }
        return tasks;
    }

    private static <T> List<Task<T>> forkAll(TaskGroup group, List<Callable<? extends T>> tasks) {
        List<Task<T>> forked = new ArrayList<>(tasks.size());
        for (Callable<? extends T> task : tasks) {
            forked.add(group.fork(task));
        }
        return forked;
    }
}
