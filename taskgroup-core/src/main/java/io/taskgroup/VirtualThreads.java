package io.taskgroup;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The one place that knows {@code Thread.ofVirtual()}, which the library's Java 17 bytecode cannot name. Reflection is
 * paid once a factory: {@link ThreadFactory} is an old interface.
 */
final class VirtualThreads {
    /** Before 21 virtual threads are missing, or a preview that must be switched on. */
    static final boolean AVAILABLE = Runtime.version().feature() >= 21;

    private static final @Nullable MethodHandle IS_VIRTUAL = isVirtual();

    private VirtualThreads() {}

    private static @Nullable MethodHandle isVirtual() {
        try {
            return AVAILABLE
                    ? MethodHandles.publicLookup()
                            .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class))
                    : null;
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Returns whether the calling thread is virtual. */
    static boolean isCurrent() {
        try {
            return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
        } catch (Throwable e) {
            throw new IllegalStateException("Thread.isVirtual() failed", e);
        }
    }

    static void checkAvailable() {
        if (!AVAILABLE) {
            throw new UnsupportedOperationException("virtual threads need JDK 21 or later and this is JDK "
                    + Runtime.version().feature() + "; use platformThreads(), or leave the choice to the library");
        }
    }

    /**
     * Returns a factory of virtual threads.
     *
     * @param namePrefix followed by a number; threads have no name if it is null
     */
    static ThreadFactory factory(@Nullable String namePrefix) {
        checkAvailable();
        try {
            Class<?> builderType = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            if (namePrefix != null) {
                builder =
                        builderType.getMethod("name", String.class, long.class).invoke(builder, namePrefix, 1L);
            }
            return (ThreadFactory) builderType.getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("JDK " + Runtime.version() + " has no Thread.ofVirtual()", e);
        }
    }
}
