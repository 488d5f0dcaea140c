package io.taskgroup;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The threads of a {@link Race}: those that run tasks, watched before and after each, and those that fire events. */
final class RaceThreads implements AutoCloseable {
    enum Kind {
        PLATFORM_THREADS,
        POOL,
        ONE_THREAD,
        VIRTUAL_THREADS
    }

    /** An event of one round. */
    record Shot(Race.Round round, int delay, Runnable action) {}

    private final Kind kind;
    private final @Nullable ExecutorService pool;
    private final List<Striker> strikers =
            Stream.generate(Striker::new).limit(3).toList();
    private volatile @Nullable String complaint;
    private volatile Race.@Nullable Round round;

    RaceThreads(Kind kind) {
        this.kind = kind;
        this.pool = switch (kind) {
            case POOL -> Executors.newFixedThreadPool(3);
            case ONE_THREAD -> Executors.newSingleThreadExecutor();
            case PLATFORM_THREADS, VIRTUAL_THREADS -> null;
        };
        strikers.forEach(Thread::start);
    }

    TaskGroupFactory groups() {
        Executor executor = pool;
        if (executor != null) {
            return TaskGroupFactory.builder()
                    .executor(task -> executor.execute(watched(task)))
                    .build();
        }
        ThreadFactory made = kind == Kind.VIRTUAL_THREADS ? VirtualThreads.factory("race-") : Thread::new;
        return TaskGroupFactory.builder()
                .threadFactory(task -> made.newThread(watched(task)))
                .build();
    }

    private Runnable watched(Runnable task) {
        return () -> {
            if (Thread.interrupted()) {
                complaint = "a task began with an interrupt of the one before";
            }
            task.run();
            boolean left = Thread.interrupted();
            Race.Round current = round;
            if (current != null && current.holder == Thread.currentThread()) {
                current.holderLeft(left);
            } else if (left) {
                complaint = "a task left an interrupt behind";
            }
        };
    }

    void begin(Race.Round next) {
        round = next;
    }

    void arm(int striker, Shot shot) {
        strikers.get(striker).shot = shot;
    }

    void awaitShots() {
        for (Striker striker : strikers) {
            for (int i = 0; striker.shot != null; i++) {
                relax(i);
            }
        }
    }

    @Nullable
    String complaint() {
        return complaint;
    }

    @Override
    public void close() {
        strikers.forEach(striker -> striker.over = true);
        if (pool != null) {
            pool.shutdown();
        }
    }

    /** One step of a wait that must not block, for a blocked thread would see the interrupts. */
    @SuppressWarnings("ThreadPriorityCheck") // not for order: there are more threads than cores
    static void relax(int step) {
        if (step % 32 == 31) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }

    static void spin(int steps) {
        for (int i = 0; i < steps; i++) {
            Thread.onSpinWait();
        }
    }

    private static final class Striker extends Thread {
        private volatile @Nullable Shot shot;
        private volatile boolean over;

        Striker() {
            super("striker");
            setDaemon(true);
        }

        @Override
        public void run() {
            for (int i = 0; !over; i++) {
                Shot armed = shot;
                if (armed == null) {
                    relax(i);
                } else if (armed.round.go) {
                    spin(armed.delay);
                    armed.action.run();
                    shot = null;
                } else {
                    relax(i);
                }
            }
        }
    }
}
