package io.taskgroup.spring.actuate;

import io.taskgroup.GroupOutcome;
import io.taskgroup.Task;
import io.taskgroup.TaskGroup;
import io.taskgroup.TaskGroupObserver;
import io.taskgroup.spring.actuate.EndedGroup.Failure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers the last groups that did not succeed, without holding their tasks or exceptions. */
final class RecentGroups implements TaskGroupObserver {
    private static final int GROUPS = 50;
    private static final int FAILURES_OF_A_GROUP = 20;

    private final Map<Long, List<Failure>> failuresOfOpenGroups = new ConcurrentHashMap<>();
    private final Deque<EndedGroup> lastFirst = new ArrayDeque<>(); // guarded by itself

    @Override
    public void taskFailed(Task<?> task, Throwable exception) {
        Failure failure =
                new Failure(task.id(), task.name(), exception.getClass().getName(), exception.getMessage());
        failuresOfOpenGroups.compute(task.group().id(), (id, known) -> {
            List<Failure> failures = known == null ? new ArrayList<>() : known;
            if (failures.size() < FAILURES_OF_A_GROUP) {
                failures.add(failure);
            }
            return failures;
        });
    }

    @Override
    public void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {
        List<Failure> failures = failuresOfOpenGroups.remove(group.id());
        if (outcome != GroupOutcome.SUCCEEDED) {
            add(EndedGroup.of(group, outcome, elapsed, failures == null ? List.of() : failures));
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
