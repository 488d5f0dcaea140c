package io.taskgroup.spring.context;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.taskgroup.ContextCarrier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Carries every thread-local that has a {@link ThreadLocalAccessor}: those of the application's {@link ContextRegistry},
 * and some of our own. An accessor of the registry takes the place of one of ours that has the same key.
 *
 * <p>A task sees what the forking thread had, and also that it had nothing: a task that a waiting owner runs does not see
 * the owner's values. What the thread had before is put back when the task is over, in reverse order, whatever the task
 * has set or removed in the meantime; so the next task on a pooled thread finds nothing of it. A
 * {@link io.micrometer.context.ContextSnapshot} gives less: one that does not clear leaves on the thread what a task set
 * where nothing was captured, and none undoes the accessors already applied when a later one throws.
 */
final class ThreadLocalCarrier implements ContextCarrier {
    private final ContextRegistry registry;
    private final List<ThreadLocalAccessor<?>> ours;
    private volatile Accessors accessors;

    ThreadLocalCarrier(ContextRegistry registry, List<ThreadLocalAccessor<?>> ours) {
        this.registry = registry;
        this.ours = List.copyOf(ours);
        this.accessors = Accessors.of(List.copyOf(registry.getThreadLocalAccessors()), this.ours);
    }

    @Override
    public Captured capture() {
        return accessors().capture();
    }

    /** The registry may change at any time, and seldom does. */
    private Accessors accessors() {
        Accessors known = accessors;
        List<ThreadLocalAccessor<?>> registered = registry.getThreadLocalAccessors();
        if (!known.registered.equals(registered)) {
            known = Accessors.of(List.copyOf(registered), ours);
            accessors = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "thread-locals " + accessors().keys();
    }

    private static final class Accessors {
        private final List<ThreadLocalAccessor<?>> registered;
        private final ThreadLocalAccessor<Object>[] all;
        private final CapturedValues none;

        @SuppressWarnings("unchecked") // what an accessor gets is what it gave
        private Accessors(List<ThreadLocalAccessor<?>> registered, List<ThreadLocalAccessor<?>> all) {
            this.registered = registered;
            this.all = all.toArray(ThreadLocalAccessor[]::new);
            this.none = new CapturedValues(this.all, new @Nullable Object[this.all.length]);
        }

        /** Ours come first: where two accessors know the same thread-local, the application's has the last word. */
        static Accessors of(List<ThreadLocalAccessor<?>> registered, List<ThreadLocalAccessor<?>> ours) {
            Set<Object> taken = new HashSet<>();
            registered.forEach(accessor -> taken.add(accessor.key()));
            List<ThreadLocalAccessor<?>> all = new ArrayList<>();
            ours.stream().filter(accessor -> taken.add(accessor.key())).forEach(all::add);
            all.addAll(registered);
            return new Accessors(registered, all);
        }

        List<Object> keys() {
            return Arrays.stream(all).map(ThreadLocalAccessor::key).toList();
        }

        Captured capture() {
            @Nullable Object[] values = none.values;
            for (int i = 0; i < all.length; i++) {
                Object value = all[i].getValue();
                if (value != null) {
                    if (values == none.values) {
                        values = new @Nullable Object[all.length];
                    }
                    values[i] = value;
                }
            }
            return values == none.values ? none : new CapturedValues(all, values);
        }
    }

    private static final class CapturedValues implements Captured {
        private final ThreadLocalAccessor<Object>[] accessors;
        private final @Nullable Object[] values; // of the forking thread, one for each accessor; null where it had none

        CapturedValues(ThreadLocalAccessor<Object>[] accessors, @Nullable Object[] values) {
            this.accessors = accessors;
            this.values = values;
        }

        /** A new thread has none, or what the forking thread would hand down. */
        @Override
        public boolean isInherited() {
            for (Object value : values) {
                if (value != null) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public <T> T call(Callable<T> task) throws Exception {
            @Nullable Object[] before = new @Nullable Object[values.length];
            int entered = 0;
            try {
                for (; entered < values.length; entered++) {
                    before[entered] = accessors[entered].getValue();
                    enter(accessors[entered], values[entered], before[entered]);
                }
                return task.call();
            } finally {
                leave(entered, before);
            }
        }

        private static void enter(
                ThreadLocalAccessor<Object> accessor, @Nullable Object value, @Nullable Object before) {
            if (value != null) {
                accessor.setValue(value);
            } else if (before != null) {
                accessor.setValue();
            }
        }

        /** Puts back the first {@code entered} values, last first; one that cannot be put back does not stop the others. */
        private void leave(int entered, @Nullable Object[] before) {
            if (entered > 0) {
                int last = entered - 1;
                try {
                    restore(accessors[last], values[last], before[last]);
                } finally {
                    leave(last, before);
                }
            }
        }

        private static void restore(
                ThreadLocalAccessor<Object> accessor, @Nullable Object value, @Nullable Object before) {
            if (before != null) {
                accessor.restore(before);
            } else if (value != null || accessor.getValue() != null) {
                accessor.restore();
            }
        }
    }
}
