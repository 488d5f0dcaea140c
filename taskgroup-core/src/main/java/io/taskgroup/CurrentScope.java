package io.taskgroup;

import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * Which scope the calling thread is in. A thread that the library starts for tasks knows it by its uncaught exception
 * handler, which costs a field that every thread has; other threads by a thread-local, which is gone when the scope is.
 */
final class CurrentScope {
    private static final ThreadLocal<@Nullable CancelScope> OF_OTHER_THREADS = new ThreadLocal<>();

    /** On a thread of the library that is in no scope. */
    static final Holder NONE = new Holder() {
        @Override
        @Nullable
        CancelScope scope() {
            return null;
        }
    };

    /** An uncaught exception handler that says which scope its thread is in. */
    abstract static class Holder implements UncaughtExceptionHandler {
        abstract @Nullable CancelScope scope();

        @Override
        public final void uncaughtException(Thread thread, Throwable thrown) {
            Log.warn("Thread " + thread + " ended with an exception that no task threw", thrown);
        }
    }

    private CurrentScope() {}

    static @Nullable CancelScope get() {
        if (Thread.currentThread().getUncaughtExceptionHandler() instanceof Holder holder) {
            return holder.scope();
        }
        CancelScope scope = OF_OTHER_THREADS.get();
        if (scope == null) {
            OF_OTHER_THREADS.remove(); // to look leaves an entry, and the thread may be anybody's
        }
        return scope;
    }

    /**
     * Makes a scope the current one.
     *
     * @return the one that was, which {@link #set} brings back
     */
    static @Nullable CancelScope replace(CancelScope scope) {
        Thread thread = Thread.currentThread();
        if (thread.getUncaughtExceptionHandler() instanceof Holder holder) {
            if (holder != scope) { // else the thread was made for it
                thread.setUncaughtExceptionHandler(scope);
            }
            return holder.scope();
        }
        CancelScope before = OF_OTHER_THREADS.get();
        OF_OTHER_THREADS.set(scope);
        return before;
    }

    static void set(@Nullable CancelScope scope) {
        Thread thread = Thread.currentThread();
        if (thread.getUncaughtExceptionHandler() instanceof Holder) {
            thread.setUncaughtExceptionHandler(scope == null ? NONE : scope);
        } else if (scope == null) {
            OF_OTHER_THREADS.remove();
        } else {
            OF_OTHER_THREADS.set(scope);
        }
    }
}
