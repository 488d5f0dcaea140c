package io.taskgroup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/** The bodies behind {@code all}, {@code any}, {@code settle} and {@code map}: the same thing many times. */
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

    /** The first success. */
    static <T> GroupBody<T, RuntimeException> any(Collection<? extends Callable<? extends T>> tasks) {
        List<Callable<? extends T>> runners = Arguments.elements(tasks, "tasks");
        if (runners.isEmpty()) {
            throw new IllegalArgumentException("tasks is empty; a race needs at least one");
        }
        return group -> {
            AtomicReference<Task<T>> winner = new AtomicReference<>();
            try {
                for (Callable<? extends T> runner : runners) {
                    Task<T> task = group.fork(runner);
                    task.onCompletion(ended -> {
                        if (ended.state() == TaskState.SUCCEEDED) {
                            winner.compareAndSet(null, ended);
                        }
                    });
                }
            } catch (TaskGroupCancelledException decided) {
                // the race was over before all had started, or the join below says what else ended it
            }
            group.join();
            Task<T> first = winner.get();
            if (first == null) {
                throw new CancellationException("the race was cancelled before a task had succeeded");
            }
            return first.result();
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
