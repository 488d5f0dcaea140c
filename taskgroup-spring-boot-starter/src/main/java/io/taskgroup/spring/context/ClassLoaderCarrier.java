package io.taskgroup.spring.context;

import io.taskgroup.ContextCarrier;
import java.util.concurrent.Callable;

/**
 * Gives every task the application's class loader as the context class loader, also on a thread that came into being
 * before the application or elsewhere, such as one of the common pool.
 */
final class ClassLoaderCarrier implements ContextCarrier {
    private final Captured captured;

    ClassLoaderCarrier(ClassLoader application) {
        this.captured = new Captured() {
            @Override
            public boolean isInherited() {
                return Thread.currentThread().getContextClassLoader() == application;
            }

            @Override
            public <T> T call(Callable<T> task) throws Exception {
                Thread thread = Thread.currentThread();
                ClassLoader before = thread.getContextClassLoader();
                enter(thread, application);
                try {
                    return task.call();
                } finally {
                    enter(thread, before);
                }
            }
        };
    }

    @Override
    public Captured capture() {
        return captured;
    }

    private static void enter(Thread thread, ClassLoader loader) {
        if (thread.getContextClassLoader() != loader) {
            thread.setContextClassLoader(loader);
        }
    }
}
