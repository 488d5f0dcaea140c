package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taskgroup.CancelReason.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cancelled group ends alike: who cancels it, with how many tasks before and after, and where it was opened. */
@Timeout(20)
class CancellationGridTest {
    enum Canceller {
        BODY(Kind.REQUESTED, GroupOutcome.CANCELLED, null),
        TASK(Kind.REQUESTED, GroupOutcome.CANCELLED, TaskState.SUCCEEDED),
        OTHER_THREAD(Kind.REQUESTED, GroupOutcome.CANCELLED, null),
        FAILING_TASK(Kind.TASK_FAILED, GroupOutcome.FAILED, TaskState.FAILED),
        CANCELLED_TASK(Kind.TASK_CANCELLED, GroupOutcome.FAILED, TaskState.CANCELLED),
        GROUP_AROUND(Kind.PARENT_CANCELLED, GroupOutcome.CANCELLED, null);

        final Kind kind;
        final GroupOutcome outcome;

        /** How the cancelling task ends; null if it is no task that cancels. */
        final @Nullable TaskState endsAs;

        Canceller(Kind kind, GroupOutcome outcome, @Nullable TaskState endsAs) {
            this.kind = kind;
            this.outcome = outcome;
            this.endsAs = endsAs;
        }

        boolean isTask() {
            return endsAs != null;
        }
    }

    enum Place {
        OUTERMOST,
        IN_A_BODY,
        IN_A_TASK
    }

    /**
     * @param running tasks that are inside their code when the group is cancelled
     * @param pending tasks that no thread has begun
     * @param after forks after the cancel
     */
    record Cell(Canceller canceller, Place place, int running, int pending, int after) {}

    static Stream<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Canceller canceller : Canceller.values()) {
            for (Place place : Place.values()) {
                for (int running : new int[] {0, 1, 3}) {
                    for (int pending : new int[] {0, 1, 2}) {
                        for (int after : new int[] {0, 1, 2}) {
                            cells.add(new Cell(canceller, place, running, pending, after));
                        }
                    }
                }
            }
        }
        return cells.stream().filter(cell -> cell.canceller != Canceller.GROUP_AROUND || cell.place != Place.OUTERMOST);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aCancelledGroupEndsEveryTaskAndTellsItsStory(Cell cell) throws InterruptedException {
        new Scene(cell).play();
        assertThat(Thread.interrupted()).as("an interrupt leaked").isFalse();
    }

    /** One cell's group, from its opening to the look at what is left. */
    private static final class Scene {
        private final Cell cell;
        private final Trail trail = new Trail();
        private final Contexts contexts = new Contexts();
        private final Pool pool = new Pool();
        private final TaskGroupFactory groups = TaskGroupFactory.builder()
                .executor(pool)
                .observer(trail)
                .contextCarrier(contexts)
                .build();
        private final List<Task<?>> running = new ArrayList<>();
        private final List<Task<?>> cancellers = new ArrayList<>();
        private final List<Task<?>> pending = new ArrayList<>();
        private final Gate cancels = new Gate();
        private final List<TaskGroup> seen = new ArrayList<>();

        Scene(Cell cell) {
            this.cell = cell;
        }

        void play() throws InterruptedException {
            TaskGroupFactory around =
                    TaskGroupFactory.builder().platformThreads().build();
            TaskGroupOptions outer = TaskGroupOptions.named("outer").withPolicy(JoinPolicy.noFailures());
            switch (cell.place) {
                case OUTERMOST -> around.run(outer, unused -> {});
                case IN_A_BODY -> around.run(outer, this::runGroup);
                case IN_A_TASK -> around.run(outer, outside -> outside.fork("holder", () -> runGroup(outside)));
            }
            if (cell.place == Place.OUTERMOST) {
                runGroup(null);
            }
            around.close();
            pool.runHeld(); // the entries of tasks that never began
            checkStates((OwnedGroup) seen.get(0));
            checkStory();
            contexts.check(running.size() + cancellers.size(), pending.size());
        }

        private void runGroup(@Nullable TaskGroup outside) {
            Throwable thrown = catchThrowable(() -> groups.run("group", group -> {
                seen.add(group);
                forkAll(group);
                cancel(group, outside);
                while (!group.isCancelled()) {
                    Thread.onSpinWait(); // a wait would be interrupted
                }
                for (int i = 0; i < cell.after; i++) {
                    assertThatThrownBy(() -> group.fork("late", () -> {}))
                            .isInstanceOfSatisfying(
                                    TaskGroupCancelledException.class,
                                    refusal ->
                                            assertThat(refusal.reason().kind()).isEqualTo(cell.canceller.kind));
                }
            }));
            checkThrown(thrown);
            assertThat(Thread.currentThread().isInterrupted())
                    .as("an interrupt leaked")
                    .isFalse();
        }

        private void forkAll(TaskGroup group) throws InterruptedException {
            for (int i = 0; i < cell.running; i++) {
                Gate never = new Gate();
                running.add(group.fork("running-" + i, never::pass));
                never.awaitArrival();
            }
            if (cell.canceller.isTask()) {
                cancellers.add(group.fork("canceller", () -> {
                    cancels.pass();
                    if (cell.canceller == Canceller.FAILING_TASK) {
                        throw new IllegalStateException("no seats");
                    }
                    group.cancel();
                }));
                cancels.awaitArrival();
            }
            pool.hold();
            for (int i = 0; i < cell.pending; i++) {
                pending.add(group.fork("pending-" + i, () -> {}));
            }
        }

        private void cancel(TaskGroup group, @Nullable TaskGroup outside) {
            switch (cell.canceller) {
                case BODY -> group.cancel();
                case TASK, FAILING_TASK -> cancels.open();
                case OTHER_THREAD -> start(group::cancel);
                case CANCELLED_TASK -> cancellers.get(0).cancel();
                case GROUP_AROUND -> start(Objects.requireNonNull(outside)::cancel);
            }
        }

        private void checkThrown(@Nullable Throwable thrown) {
            switch (cell.canceller) {
                case BODY, TASK, OTHER_THREAD -> assertThat(thrown).isNull();
                case GROUP_AROUND -> assertThat(thrown).isInstanceOf(InterruptedException.class);
                case FAILING_TASK -> assertListed(thrown, IllegalStateException.class);
                case CANCELLED_TASK -> assertListed(thrown, TaskCancelledException.class);
            }
        }

        private static void assertListed(@Nullable Throwable thrown, Class<? extends Throwable> type) {
            assertThat(thrown).isInstanceOfSatisfying(TaskGroupException.class, failed -> {
                assertThat(failed.failures()).extracting(TaskFailure::taskName).containsExactly("canceller");
                assertThat(failed).hasCauseInstanceOf(type).hasNoSuppressedExceptions();
            });
        }

        private void checkStates(OwnedGroup group) {
            assertThat(running).allSatisfy(task -> {
                assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
                assertThat(task.exception()).containsInstanceOf(InterruptedException.class);
            });
            assertThat(pending).allSatisfy(task -> {
                assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
                assertThat(task.exception()).isEmpty();
            });
            TaskState ofCanceller = cell.canceller.endsAs;
            assertThat(cancellers).allMatch(task -> task.state() == ofCanceller);
            assertThat(group.cancelReason()).map(CancelReason::kind).contains(cell.canceller.kind);
            assertThat(group.liveTasks()).isZero();
            int forked = cell.running + cell.pending + cancellers.size();
            int succeeded = ofCanceller == TaskState.SUCCEEDED ? 1 : 0;
            int failed = ofCanceller == TaskState.FAILED ? 1 : 0;
            assertThat(group.counts())
                    .isEqualTo(new TaskCounts(forked, succeeded, failed, forked - succeeded - failed));
        }

        private void checkStory() {
            List<String> story = trail.steps();
            Kind kind = cell.canceller.kind;
            assertThat(story).startsWith("opened group").endsWith("closed group " + cell.canceller.outcome);
            List<String> told = new ArrayList<>();
            told.add("cancelled group " + kind);
            for (Task<?> task : running) {
                assertThat(stepsOf(task)).containsExactly("forked", "started", "asked " + kind, "ended CANCELLED");
                told.add("asked " + task.name() + " " + kind);
            }
            for (Task<?> task : cancellers) {
                if (cell.canceller == Canceller.FAILING_TASK) {
                    assertThat(stepsOf(task)).containsExactly("forked", "started", "ended FAILED");
                } else {
                    assertThat(stepsOf(task))
                            .containsExactly("forked", "started", "asked REQUESTED", "ended " + task.state());
                }
                if (cell.canceller == Canceller.TASK) {
                    told.add("asked canceller " + kind);
                }
            }
            for (Task<?> task : pending) {
                assertThat(stepsOf(task)).containsExactly("forked", "asked " + kind, "ended CANCELLED");
                told.add("asked " + task.name() + " " + kind);
            }
            assertThat(story).containsSubsequence(told);
            assertThat(story).filteredOn(step -> step.contains(" group")).hasSize(3);
            assertThat(story).noneMatch(step -> step.contains("late"));
        }

        private List<String> stepsOf(Task<?> task) {
            String name = " " + task.name();
            return trail.steps().stream()
                    .filter(step -> step.endsWith(name) || step.contains(name + " "))
                    .map(step -> step.replace(name, ""))
                    .toList();
        }
    }

    private static void start(Runnable action) {
        Thread thread = new Thread(action);
        thread.setDaemon(true);
        thread.start();
    }

    /** A thread for every task, until it holds: from then on tasks wait for ever. */
    private static final class Pool implements Executor {
        private final QueueExecutor held = new QueueExecutor();
        private boolean holds;

        @Override
        public void execute(Runnable task) {
            if (holds) {
                held.execute(task);
            } else {
                start(task);
            }
        }

        void hold() {
            holds = true;
        }

        void runHeld() {
            held.runAll();
        }
    }

    /** Counts what becomes of the contexts: each is used or given up, never both, and given up once. */
    private static final class Contexts implements ContextCarrier {
        private final List<Count> counts = new ArrayList<>();

        @Override
        public Captured capture() {
            Count count = new Count();
            counts.add(count);
            return count;
        }

        void check(int used, int discarded) {
            assertThat(counts).filteredOn(count -> count.calls.get() > 0).hasSize(used);
            assertThat(counts).filteredOn(count -> count.discards.get() == 1).hasSize(discarded);
            assertThat(counts).hasSize(used + discarded);
        }
    }

    private static final class Count implements ContextCarrier.Captured {
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger discards = new AtomicInteger();

        @Override
        public <T> T call(Callable<T> task) throws Exception {
            calls.incrementAndGet();
            return task.call();
        }

        @Override
        public void discard() {
            discards.incrementAndGet();
        }
    }
}
