package io.taskgroup.spring.observation;

import static io.taskgroup.spring.observation.TaskGroupObservationDocumentation.GROUP;

import io.micrometer.observation.ObservationRegistry;
import io.taskgroup.GroupOutcome;
import io.taskgroup.TaskCancelledException;
import io.taskgroup.TaskFailure;
import io.taskgroup.TaskGroup;
import io.taskgroup.TaskGroupObserver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Observes groups. A group's observation is the current one from its opening to its end, both of which happen on the
 * owner's thread: so what the body calls, and what it forks, is inside of it.
 */
final class GroupObservations implements TaskGroupObserver {
    private static final TaskGroupObservationConvention DEFAULT = new TaskGroupObservationConvention() {};

    private final ObservationRegistry registry;
    private final @Nullable TaskGroupObservationConvention convention;
    private final Map<Long, OpenGroup> open = new ConcurrentHashMap<>();
    private final AtomicBoolean complained = new AtomicBoolean();

    GroupObservations(ObservationRegistry registry, @Nullable TaskGroupObservationConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    private record OpenGroup(TaskGroupObservationContext context, Observed observed) {
        void ended(GroupOutcome outcome) {
            observed.leaveThread();
            context.ended(outcome);
            observed.stop(outcome == GroupOutcome.SUCCEEDED ? null : firstFailure());
        }

        private @Nullable Throwable firstFailure() {
            return context.group().failures().stream()
                    .map(TaskFailure::exception)
                    .filter(exception -> !(exception instanceof TaskCancelledException))
                    .findFirst()
                    .orElse(null);
        }
    }

    @Override
    public void groupOpened(TaskGroup group) {
        TaskGroupObservationContext context = new TaskGroupObservationContext(group);
        Observed observed = Observed.start(
                registry, () -> GROUP.observation(convention, DEFAULT, () -> context, registry), complained);
        if (observed != null) {
            open.put(group.id(), new OpenGroup(context, observed));
        }
    }

    @Override
    public void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {
        OpenGroup ended = open.remove(group.id());
        if (ended != null) {
            ended.ended(outcome);
        }
    }
}
