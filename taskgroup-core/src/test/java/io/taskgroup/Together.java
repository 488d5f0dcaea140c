package io.taskgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that begin at the same moment, for races; what one of them throws fails the test. */
final class Together implements AutoCloseable {
    /** What one of the threads does. */
    @FunctionalInterface
    interface Part {
        void play() throws Exception;
    }

    /** What each of several threads does. */
    @FunctionalInterface
    interface NumberedPart<T> {
        T play(int me) throws Exception;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Returns when all have played their part. */
    void play(Part... parts) throws Exception {
        each(parts.length, me -> {
            parts[me].play();
            return me;
        });
    }

    /** Returns what so many threads, numbered from 0, have returned. */
    <T> List<T> each(int times, NumberedPart<? extends T> part) throws Exception {
        CyclicBarrier start = new CyclicBarrier(times);
        List<Future<T>> playing = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            int me = i;
            playing.add(threads.submit(() -> {
                start.await();
                return part.play(me);
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> one : playing) {
            results.add(one.get());
        }
        return results;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
