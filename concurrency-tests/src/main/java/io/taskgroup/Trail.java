package io.taskgroup;

import java.time.Duration;

/** What an observer was told, in this order. */
final class Trail implements TaskGroupObserver {
    private String told = "";

    @Override
    public void taskForked(Task<?> task) {
        add("forked ");
    }

    @Override
    public void taskStarted(Task<?> task, Duration waited) {
        add("started ");
    }

    @Override
    public void taskCancelRequested(Task<?> task, CancelReason reason) {
        add("requested ");
    }

    @Override
    public void taskEnded(Task<?> task, Duration ran) {
        add("ended ");
    }

    @Override
    public void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {
        add("closed");
    }

    private synchronized void add(String event) {
        told += event;
    }

    @Override
    public synchronized String toString() {
        return told;
    }
}
