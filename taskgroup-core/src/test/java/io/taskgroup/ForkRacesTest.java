package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Forks by two threads that race with a cancel, under an observer. Every task that an observer sees has a whole story: its
 * fork first, then its start and the request to stop, if there were any, and its end last; and what the forks returned
 * or threw agrees with that.
 */
@Timeout(60)
class ForkRacesTest {
    private static final int ROUNDS = Integer.getInteger("taskgroup.races.rounds", 150);
    private static final int FORKS = 4;

    /** What the forks of one thread returned or threw. */
    private static final class Forker {
        private final List<Task<?>> returned = new ArrayList<>();
        private int rejected;
        private int refused;

        void fork(TaskGroup group) {
            for (int i = 0; i < FORKS; i++) {
                try {
                    returned.add(group.fork(() -> {}));
                } catch (RejectedExecutionException e) {
                    rejected++;
                } catch (TaskGroupCancelledException e) {
                    refused++;
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.taskgroup.TaskThreads#kinds")
    void everyForkThatRacesWithACancelHasAWholeStoryAndTheCountsAgree(TaskThreads kind) throws Exception {
        ExecutorService pool = kind.pool();
        try (Together together = new Together()) {
            for (int round = 0; round < ROUNDS; round++) {
                play(kind.builder(pool), (group, forkers) -> {
                    boolean[] cancelled = new boolean[1];
                    together.play(
                            () -> forkers.get(0).fork(group),
                            () -> forkers.get(1).fork(group),
                            () -> cancelled[0] = group.cancel());
                    assertThat(cancelled[0]).isTrue();
                });
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Nobody can cancel a task earlier than an observer that is told of its fork. */
    @ParameterizedTest
    @MethodSource("io.taskgroup.TaskThreads#kinds")
    void everyTaskThatIsCancelledFromItsForkOnHasAWholeStoryAndTheCountsAgree(TaskThreads kind) throws Exception {
        TaskGroupObserver canceller = new TaskGroupObserver() {
            @Override
            public void taskForked(Task<?> task) {
                if (task.id() % 2 == 0) {
                    task.cancel("at once");
                }
            }
        };
        ExecutorService pool = kind.pool();
        try (Together together = new Together()) {
            for (int round = 0; round < ROUNDS; round++) {
                play(
                        kind.builder(pool).observer(canceller),
                        (group, forkers) -> together.play(
                                () -> forkers.get(0).fork(group),
                                () -> forkers.get(1).fork(group),
                                group::liveTasks));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private interface Move {
        void play(TaskGroup group, List<Forker> forkers) throws Exception;
    }

    /** One group: its owner is not in a block, which a cancel would interrupt. */
    private static void play(TaskGroupFactory.Builder builder, Move move) throws Exception {
        Stories stories = new Stories();
        List<Forker> forkers = List.of(new Forker(), new Forker());
        TaskCounts[] atEnd = new TaskCounts[1];
        try (TaskGroupFactory groups = builder.observer(stories).build();
                OpenTaskGroup group =
                        groups.open(TaskGroupOptions.named("group").withPolicy(Policies.keeping(atEnd)))) {
            move.play(group, forkers);
            group.join();
        }
        List<Task<?>> returned =
                forkers.stream().flatMap(forker -> forker.returned.stream()).toList();
        stories.areWhole(returned);
        agree(forkers, returned, stories, atEnd[0]);
    }

    private static void agree(List<Forker> forkers, List<Task<?>> returned, Stories stories, TaskCounts atEnd) {
        int rejected = forkers.stream().mapToInt(forker -> forker.rejected).sum();
        int refused = forkers.stream().mapToInt(forker -> forker.refused).sum();
        assertThat(returned.size() + rejected + refused).isEqualTo(forkers.size() * FORKS);
        assertThat(stories.tasks()).containsAll(returned);
        assertThat(stories.tasks().size() - returned.size())
                .as("tasks that observers saw and fork did not return")
                .isBetween(rejected, rejected + refused);
        assertThat(atEnd)
                .isEqualTo(new TaskCounts(
                        returned.size(),
                        count(returned, TaskState.SUCCEEDED),
                        0,
                        count(returned, TaskState.CANCELLED)));
    }

    private static int count(List<Task<?>> tasks, TaskState state) {
        return (int) tasks.stream().filter(task -> task.state() == state).count();
    }
}
