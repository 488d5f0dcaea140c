package io.taskgroup;

import io.taskgroup.ContextCarrier.Captured;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What several carriers captured for one task, as one: the first carrier's context is the outermost. */
final class Context {
    private Context() {}

    /**
     * Captures on the calling thread. A carrier that throws gives a context that throws the same when it is entered, so
     * that the failure is the task's.
     *
     * @param inherits whether the task gets a thread that inherits from the calling one
     * @return null if there is nothing to carry
     */
    static @Nullable Captured capture(List<ContextCarrier> carriers, boolean inherits) {
        if (carriers.isEmpty()) {
            return null;
        }
        Captured all = null;
        for (ContextCarrier carrier : carriers) {
            try {
                Captured one = Objects.requireNonNull(
                        carrier.capture(), () -> "context carrier " + carrier + " captured null; it must not");
                Captured before = all;
                all = before == null ? one : new Nested(before, one);
                if (inherits && one.isInherited()) {
                    all = before;
                }
            } catch (Throwable broken) {
                if (all != null) {
                    discard(all, broken);
                }
                return new Broken(broken);
            }
        }
        return all;
    }

    private static void discard(Captured captured, Throwable because) {
        try {
            captured.discard();
        } catch (Throwable broken) {
            if (broken != because) {
                because.addSuppressed(broken);
            }
        }
    }

    /**
     * Runs a call of the library to user code inside a task's context. A carrier that throws is logged, and cannot
     * prevent the call.
     */
    static void run(@Nullable Captured context, Runnable call, Task<?> task) {
        if (context == null) {
            call.run();
            return;
        }
        boolean[] called = new boolean[1];
        try {
            context.call(() -> {
                called[0] = true;
                call.run();
                return null;
            });
        } catch (Throwable broken) {
            warn(task, broken);
        }
        if (!called[0]) {
            call.run();
        }
    }

    /** Lets go of a context whose task will never run. */
    static void discard(@Nullable Captured context, Task<?> task) {
        if (context != null) {
            try {
                context.discard();
            } catch (Throwable broken) {
                warn(task, broken);
            }
        }
    }

    private static void warn(Task<?> task, Throwable broken) {
        Log.warn("A context carrier threw outside of the run of " + task + "; a carrier must not throw", broken);
    }

    private record Nested(Captured outer, Captured inner) implements Captured {
        @Override
        public <T> T call(Callable<T> task) throws Exception {
            return outer.call(() -> inner.call(task));
        }

        @Override
        public void discard() {
            try {
                inner.discard();
            } finally {
                outer.discard();
            }
        }
    }

    private record Broken(Throwable cause) implements Captured {
        @Override
        public <T> T call(Callable<T> task) throws Exception {
            if (cause instanceof Error error) {
                throw error;
            }
            throw (Exception) cause;
        }
    }
}
