package io.taskgroup;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** What one actor gives to the other, who waits for it: the first that is given. */
final class Handover<T> {
    private volatile @Nullable T given;

    void give(T thing) {
        if (given == null) {
            given = thing;
        }
    }

    T take() {
        T thing = given;
        while (thing == null) {
            Thread.onSpinWait();
            thing = given;
        }
        return thing;
    }

    /** Makes threads that never start: what they would run is handed over. */
    static ThreadFactory threads(Handover<Runnable> handover) {
        return task -> new Thread(task) {
            @Override
            public synchronized void start() {
                handover.give(task);
            }
        };
    }
}
