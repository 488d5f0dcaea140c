package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Carriers, observers, callbacks and policies that throw, block and call the library from inside: the group ends, what they
 * did is known, and the next group is like any other.
 */
@Timeout(60)
class UserCodeFaultsTest {
    /** Where the library calls a user's code, beside tasks and bodies. */
    enum Place {
        CARRIER_CAPTURES,
        CARRIER_CALLS,
        GROUP_OPENED,
        TASK_FORKED,
        TASK_STARTED,
        TASK_ENDED,
        GROUP_CLOSED,
        CALLBACK,
        POLICY;

        /** Whether what is thrown here fails the group; an observer is left out. */
        boolean fails() {
            return this == CARRIER_CAPTURES || this == CARRIER_CALLS || this == CALLBACK || this == POLICY;
        }
    }

    /** What the code does there. */
    enum Deed {
        THROW,
        BLOCK,
        FORK,
        CANCEL,
        AWAIT,
        LOOK,
        OPEN
    }

    record Fault(Place place, Deed deed, TaskThreads threads) {
        /** Whether nobody is left to tell: an observer that throws, or that must do without the task's context. */
        boolean isLogged() {
            return deed == Deed.THROW && (!place.fails() || place == Place.CARRIER_CAPTURES)
                    || deed == Deed.FORK && place == Place.GROUP_CLOSED;
        }
    }

    static Stream<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (TaskThreads threads : List.of(TaskThreads.PLATFORM_THREADS, TaskThreads.ONE_THREAD, TaskThreads.DIRECT)) {
            for (Place place : Place.values()) {
                for (Deed deed : Deed.values()) {
                    faults.add(new Fault(place, deed, threads));
                }
            }
        }
        return faults.stream();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theGroupEndsAndTheNextIsLikeAnyOther(Fault fault) throws Exception {
        ExecutorService pool = fault.threads.pool();
        Saboteur saboteur = new Saboteur(fault);
        TaskGroupFactory groups = fault.threads
                .builder(pool)
                .observer(saboteur)
                .contextCarrier(saboteur)
                .build();
        try (Logged log = new Logged()) {
            saboteur.groups = groups;
            List<Task<?>> tasks = new ArrayList<>();
            Throwable thrown = catchThrowable(() -> play(groups, saboteur, tasks));

            assertThat(saboteur.acted).isTrue();
            assertThat(tasks).allMatch(task -> task.state().isTerminal());
            assertThat(saboteur.forked).allMatch(task -> task.state() == TaskState.SUCCEEDED);
            if (fault.deed == Deed.THROW && fault.place.fails()) {
                assertThat(thrown)
                        .isInstanceOfSatisfying(
                                TaskGroupException.class,
                                failed -> assertThat(failed.failures())
                                        .extracting(TaskFailure::exception)
                                        .containsExactly(saboteur.broken));
            } else {
                assertThat(thrown).isNull();
            }
            assertThat(log.records()).hasSize(fault.isLogged() ? 1 : 0);

            assertThat(groups.snapshot()).isEmpty();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(CurrentScope.get()).isNull();
            Integer next = groups.call("next", group -> group.fork(() -> 1).await());
            assertThat(next).isEqualTo(1);
        } finally {
            groups.close();
            pool.shutdownNow();
        }
    }

    private static void play(TaskGroupFactory groups, Saboteur saboteur, List<Task<?>> tasks)
            throws InterruptedException {
        groups.run(TaskGroupOptions.named("group").withPolicy(saboteur), group -> {
            saboteur.group = group;
            saboteur.sibling = group.fork("sibling", () -> {});
            group.join();
            tasks.add(saboteur.sibling);
            saboteur.isArmed = true;
            Task<?> task = group.fork("task", () -> {});
            tasks.add(task);
            saboteur.after(Place.CALLBACK, task);
        });
    }

    /** Does its deed once, at its place. */
    private static final class Saboteur implements TaskGroupObserver, ContextCarrier, JoinPolicy {
        private final Fault fault;
        private final IllegalStateException broken = new IllegalStateException("broken");
        private final List<Task<?>> forked = Collections.synchronizedList(new ArrayList<>());
        private final AtomicBoolean acted = new AtomicBoolean();
        private volatile TaskGroupFactory groups;
        private volatile TaskGroup group;
        private volatile Task<?> sibling;
        private volatile boolean isArmed;

        Saboteur(Fault fault) {
            this.fault = fault;
        }

        void after(Place place, Task<?> task) {
            if (fault.place == place) {
                task.onCompletion(ended -> reached(place));
            }
        }

        private void reached(Place place) {
            boolean isNow = isArmed || place == Place.GROUP_OPENED;
            if (place == fault.place && isNow && acted.compareAndSet(false, true)) {
                try {
                    act();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }

        private void act() throws InterruptedException {
            switch (fault.deed) {
                case THROW -> throw broken;
                case BLOCK -> blockWhileOthersUseTheGroup();
                case FORK -> {
                    if (group != null) {
                        forked.add(group.fork("from inside", () -> {}));
                    }
                }
                case CANCEL -> {
                    if (group != null) {
                        group.cancel();
                    }
                }
                case AWAIT -> {
                    if (sibling != null) {
                        sibling.await();
                    }
                }
                case LOOK ->
                    assertThat(groups.snapshot())
                            .allSatisfy(seen -> assertThat(seen.toTree()).contains("group"));
                case OPEN -> {
                    Integer value =
                            groups.call("inside", inner -> inner.fork(() -> 1).await());
                    assertThat(value).isEqualTo(1);
                }
            }
        }

        /** Nobody else waits for what the blocked thread might hold. */
        private void blockWhileOthersUseTheGroup() throws InterruptedException {
            Gate gate = new Gate();
            OnThreads.after(gate, () -> {
                groups.snapshot();
                if (group != null) {
                    group.liveTasks();
                    group.remaining();
                }
                gate.open();
            });
            gate.pass();
        }

        @Override
        public Captured capture() {
            reached(Place.CARRIER_CAPTURES);
            return new Captured() {
                @Override
                public <T> T call(Callable<T> task) throws Exception {
                    reached(Place.CARRIER_CALLS);
                    return task.call();
                }
            };
        }

        @Override
        public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
            reached(Place.POLICY);
            return false;
        }

        @Override
        public boolean isSuccess(TaskCounts atJoin) {
            return atJoin.failed() == 0;
        }

        @Override
        public void groupOpened(TaskGroup opened) {
            if (group == null) {
                group = opened;
            }
            reached(Place.GROUP_OPENED);
        }

        @Override
        public void groupClosed(TaskGroup closed, GroupOutcome outcome, Duration elapsed) {
            reached(Place.GROUP_CLOSED);
        }

        @Override
        public void taskForked(Task<?> task) {
            reached(Place.TASK_FORKED);
        }

        @Override
        public void taskStarted(Task<?> task, Duration waited) {
            reached(Place.TASK_STARTED);
        }

        @Override
        public void taskEnded(Task<?> task, Duration ran) {
            reached(Place.TASK_ENDED);
        }
    }
}
