package io.taskgroup.spring.actuate;

import io.taskgroup.CancelReason;
import io.taskgroup.GroupOutcome;
import io.taskgroup.Task;
import io.taskgroup.TaskGroup;
import io.taskgroup.TaskGroupObserver;
import io.taskgroup.TaskState;
import io.taskgroup.spring.actuate.EndedGroup.Failure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last groups that did not succeed, without holding their tasks or exceptions. What failed in a group is
 * known to the group; which of it was a task, and its number, only from the task's own events.
 */
final class RecentGroups implements TaskGroupObserver {
    private static final int GROUPS = 50;
    private static final int FAILURES_OF_A_GROUP = 20;

    private final Map<Long, TaskNumbers> numbersByGroup = new ConcurrentHashMap<>();
    private final Deque<EndedGroup> lastFirst = new ArrayDeque<>(); // guarded by itself

    @Override
    public void taskFailed(Task<?> task, Throwable exception) {
        numbers(task.group()).addFailed(task);
    }

    @Override
    public void taskStopped(Task<?> task, CancelReason reason, Duration sinceRequest) {
        boolean withItsGroup = task.group().cancelReason().equals(Optional.of(reason));
        if (task.state() == TaskState.CANCELLED && !withItsGroup) {
            numbers(task.group()).addCancelled(task);
        }
    }

    private TaskNumbers numbers(TaskGroup group) {
        return numbersByGroup.computeIfAbsent(group.id(), unknown -> new TaskNumbers());
    }

    @Override
    public void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {
        TaskNumbers noted = numbersByGroup.remove(group.id());
        if (outcome != GroupOutcome.SUCCEEDED) {
            TaskNumbers numbers = noted == null ? new TaskNumbers() : noted;
            List<Failure> failures = group.failures().stream()
                    .limit(FAILURES_OF_A_GROUP)
                    .map(failure -> Failure.of(failure, numbers.take(failure.taskName())))
                    .toList();
            add(EndedGroup.of(group, outcome, elapsed, failures));
        }
    }

    /** The numbers of ended tasks by their names, which several may have. */
    private static final class TaskNumbers {
        private final Map<String, Queue<Long>> byName = new HashMap<>();
        private int cancelled;

        /** The group keeps what every failed task threw: beside that, its number is little. */
        synchronized void addFailed(Task<?> task) {
            add(task);
        }

        /** Of a task that was cancelled the group keeps nothing, unless its policy fails for it; nor is much kept here. */
        synchronized void addCancelled(Task<?> task) {
            if (cancelled < FAILURES_OF_A_GROUP) {
                cancelled++;
                add(task);
            }
        }

        private void add(Task<?> task) {
            byName.computeIfAbsent(task.name(), unknown -> new ArrayDeque<>(1)).add(task.id());
        }

        /** Returns null for what is no task: the body, a callback, the policy. */
        synchronized @Nullable Long take(String name) {
            Queue<Long> numbers = byName.get(name);
            return numbers == null ? null : numbers.poll();
        }
    }

    private void add(EndedGroup ended) {
        synchronized (lastFirst) {
            lastFirst.addFirst(ended);
            if (lastFirst.size() > GROUPS) {
                lastFirst.removeLast();
            }
        }
    }

    List<EndedGroup> lastFirst(Disclosure disclosure) {
        synchronized (lastFirst) {
            return lastFirst.stream().map(ended -> ended.shownWith(disclosure)).toList();
        }
    }
}
