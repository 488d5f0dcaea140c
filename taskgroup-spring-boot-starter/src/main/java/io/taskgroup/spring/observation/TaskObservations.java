package io.taskgroup.spring.observation;

import static io.taskgroup.spring.observation.TaskGroupObservationDocumentation.TASK;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.taskgroup.ContextCarrier;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupObserver;
import io.taskgroup.TaskState;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Observes the runs of tasks. As an observer it knows when a task starts and how it ends, as a carrier where the task
 * was forked, which is the parent, and when the thread leaves the task, which is the end of the scope: a scope that ended
 * later would be closed by whoever puts the thread's context back.
 */
final class TaskObservations implements TaskGroupObserver, ContextCarrier {
    private static final TaskObservationConvention DEFAULT = new TaskObservationConvention() {};
    private static final ThreadLocal<@Nullable Visit> current = new ThreadLocal<>();

    private final ObservationRegistry registry;
    private final @Nullable TaskObservationConvention convention;
    private final AtomicBoolean complained = new AtomicBoolean();

    TaskObservations(ObservationRegistry registry, @Nullable TaskObservationConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public Captured capture() {
        return new Fork(registry.getCurrentObservation());
    }

    @Override
    public void taskStarted(Task<?> task, Duration waited) {
        Visit visit = current.get();
        if (visit != null) {
            visit.observed = visit.fork.start(task);
        }
    }

    /** The visit may be that of another task, which cancelled this one before its start: the fork tells them apart. */
    @Override
    public void taskEnded(Task<?> task, Duration ran) {
        Visit visit = current.get();
        if (visit != null) {
            visit.fork.end(task);
        }
    }

    /** One stay of one thread in a task's context: for the run of the task, or for an event of it. */
    private static final class Visit {
        private final Fork fork;
        private @Nullable Observed observed; // started during this visit

        Visit(Fork fork) {
            this.fork = fork;
        }
    }

    private final class Fork implements Captured {
        private final @Nullable Observation parent;
        private volatile @Nullable Run run;

        private record Run(Task<?> task, Observed observed) {}

        Fork(@Nullable Observation parent) {
            this.parent = parent;
        }

        @Override
        public <T> T call(Callable<T> task) throws Exception {
            Visit outer = current.get();
            Visit visit = new Visit(this);
            current.set(visit);
            try {
                return task.call();
            } finally {
                if (visit.observed != null) {
                    visit.observed.leaveThread();
                }
                if (outer == null) {
                    current.remove();
                } else {
                    current.set(outer);
                }
            }
        }

        @Nullable
        Observed start(Task<?> task) {
            TaskObservationContext context = new TaskObservationContext(task);
            Observed observed = Observed.start(
                    registry,
                    () -> {
                        Observation made = TASK.observation(convention, DEFAULT, () -> context, registry);
                        context.setParentObservation(parent);
                        return made;
                    },
                    complained);
            if (observed != null) {
                run = new Run(task, observed);
            }
            return observed;
        }

        void end(Task<?> task) {
            Run started = run;
            if (started != null && started.task() == task) {
                Throwable error =
                        task.state() == TaskState.FAILED ? task.exception().orElse(null) : null;
                started.observed().stop(error);
            }
        }
    }
}
