package io.taskgroup.demo.live;

import io.taskgroup.CancelReason;
import io.taskgroup.GroupOutcome;
import io.taskgroup.Task;
import io.taskgroup.TaskGroup;
import io.taskgroup.TaskGroupObserver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells every subscriber what happens to groups and tasks. It runs on the threads of tasks, and never waits. */
@Component
class LiveFeed implements TaskGroupObserver {
    private final Set<LiveSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final LiveClock clock;

    LiveFeed(LiveClock clock) {
        this.clock = clock;
    }

    /** The subscription ends with the application, at the latest. */
    LiveSubscription subscribe() {
        LiveSubscription subscription = new LiveSubscription(subscriptions::remove);
        subscriptions.add(subscription);
        return subscription;
    }

    @EventListener(ContextClosedEvent.class)
    void end() {
        subscriptions.forEach(LiveSubscription::end);
    }

    @Override
    public void groupOpened(TaskGroup group) {
        tell(group, LiveEvent.GroupOpened.of(clock.micros(), group));
    }

    @Override
    public void groupCancelled(TaskGroup group, CancelReason reason) {
        String by = reason.taskName().orElse(null);
        tell(group, new LiveEvent.GroupCancelled(clock.micros(), group.id(), reason.kind(), reason.message(), by));
    }

    @Override
    public void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {
        tell(group, new LiveEvent.GroupClosed(clock.micros(), group.id(), outcome));
    }

    @Override
    public void taskForked(Task<?> task) {
        TaskGroup group = task.group();
        tell(group, new LiveEvent.TaskForked(clock.micros(), group.id(), task.id(), task.name()));
    }

    @Override
    public void taskStarted(Task<?> task, Duration waited) {
        TaskGroup group = task.group();
        tell(group, new LiveEvent.TaskStarted(clock.micros(), group.id(), task.id()));
    }

    @Override
    public void taskCancelRequested(Task<?> task, CancelReason reason) {
        TaskGroup group = task.group();
        tell(
                group,
                new LiveEvent.TaskAskedToStop(clock.micros(), group.id(), task.id(), reason.kind(), reason.message()));
    }

    @Override
    public void taskEnded(Task<?> task, Duration ran) {
        TaskGroup group = task.group();
        String thrown = task.exception().map(Throwable::toString).orElse(null);
        tell(group, new LiveEvent.TaskEnded(clock.micros(), group.id(), task.id(), task.state(), thrown));
    }

    /** The streams' own groups are left out: each would tell of itself. */
    private void tell(TaskGroup group, LiveEvent event) {
        if (!group.name().equals(LiveStreams.GROUP)) {
            subscriptions.forEach(subscription -> subscription.add(event));
        }
    }
}
