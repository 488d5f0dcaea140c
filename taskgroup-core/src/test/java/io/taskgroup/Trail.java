package io.taskgroup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Records what happened, so that a test can assert the whole story in order. */
final class Trail implements TaskGroupObserver {
    private final List<String> steps = new ArrayList<>();

    synchronized void add(String step) {
        steps.add(step);
    }

    synchronized List<String> steps() {
        return List.copyOf(steps);
    }

    @Override
    public void groupOpened(TaskGroup group) {
        add("opened " + group.name());
    }

    @Override
    public void groupCancelled(TaskGroup group, CancelReason reason) {
        add("cancelled " + group.name() + " " + reason.kind());
    }

    @Override
    public void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {
        add("closed " + group.name() + " " + outcome);
    }

    @Override
    public void taskForked(Task<?> task) {
        add("forked " + task.name());
    }

    @Override
    public void taskStarted(Task<?> task, Duration waited) {
        add("started " + task.name());
    }

    @Override
    public void taskCancelRequested(Task<?> task, CancelReason reason) {
        add("asked " + task.name() + " " + reason.kind());
    }

    @Override
    public void taskEnded(Task<?> task, Duration ran) {
        add("ended " + task.name() + " " + task.state());
    }
}
