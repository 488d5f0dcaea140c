package io.taskgroup.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.Observation.Scope;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * An observation that goes on, and that is the current one of the thread that started it until {@link #leaveThread}.
 *
 * <p>Handlers, filters and conventions are code of others. What they throw is logged and costs a span at most: it goes
 * nowhere else, and the thread still gets back the scope that it had. So an observer that uses this class does not throw,
 * is never left out, and ends what it began.
 */
final class Observed {
    private static final Log log = LogFactory.getLog(Observed.class);

    private final ObservationRegistry registry;
    private final Observation observation;
    private final AtomicBoolean complained;
    private final @Nullable Scope before;
    private final @Nullable Scope own;

    private Observed(ObservationRegistry registry, Observation observation, AtomicBoolean complained) {
        this.registry = registry;
        this.observation = observation;
        this.complained = complained;
        this.before = registry.getCurrentObservationScope();
        guarded(() -> {
            observation.start();
            observation.openScope();
        });
        this.own = registry.getCurrentObservationScope(); // also if a handler threw when it was open
    }

    /**
     * Starts an observation on the calling thread.
     *
     * @param made makes it
     * @param complained whether a failure was logged before
     * @return null if nobody wants to observe
     */
    static @Nullable Observed start(
            ObservationRegistry registry, Supplier<Observation> made, AtomicBoolean complained) {
        Observation observation = Observation.NOOP;
        try {
            observation = made.get();
        } catch (Throwable broken) {
            complain(broken, complained);
        }
        return observation.isNoop() ? null : new Observed(registry, observation, complained);
    }

    /** Gives the thread back the scope that it had. To be called on the thread that started the observation. */
    void leaveThread() {
        Scope opened = own;
        if (opened != null && opened != before) {
            guarded(opened::close);
        }
        registry.setCurrentObservationScope(before);
    }

    /** Ends the observation, on any thread. */
    void stop(@Nullable Throwable error) {
        guarded(() -> {
            if (error != null) {
                observation.error(error);
            }
        });
        guarded(observation::stop);
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (Throwable broken) {
            complain(broken, complained);
        }
    }

    private static void complain(Throwable broken, AtomicBoolean complained) {
        if (!complained.getAndSet(true)) {
            log.warn(
                    "An observation handler, filter or convention threw when a task group was observed; it must not throw."
                            + " The group is not affected. Further failures are not logged.",
                    broken);
        }
    }
}
