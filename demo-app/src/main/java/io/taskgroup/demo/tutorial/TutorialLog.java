package io.taskgroup.demo.tutorial;

import io.taskgroup.GroupOutcome;
import io.taskgroup.Task;
import io.taskgroup.TaskState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes down what happens in one run of an example. Tasks write at the same time, hence the locks. */
class TutorialLog {
    private final long start = System.nanoTime();
    private final List<TutorialRun.Event> events = new ArrayList<>();
    private final Map<String, TaskState> tasks = new LinkedHashMap<>();

    /** Says something, in the name of the task that is running here. */
    void say(String what) {
        add(Task.current().map(Task::name).orElse("caller"), what);
    }

    /** Says how a task has ended. */
    synchronized void ended(Task<?> task) {
        String thrown = task.exception().map(exception -> ": " + exception).orElse("");
        add(task.name(), "ends " + task.state() + thrown);
        tasks.put(task.name(), task.state());
    }

    synchronized TutorialRun toRun(GroupOutcome outcome, List<Integer> results) {
        return new TutorialRun(outcome, new LinkedHashMap<>(tasks), List.copyOf(results), List.copyOf(events));
    }

    private synchronized void add(String who, String what) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        events.add(new TutorialRun.Event(millis, who, what));
    }
}
