package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Rule 16: plain fields written before fork are seen in the task, and those of the task after await and join, in callbacks,
 * and by whoever sees that it has ended.
 */
interface Rule16Visibility extends OnThreads {
    @Test
    default void plainFieldsAreVisibleAcrossForkAwaitCallbackAndJoin() throws InterruptedException {
        TaskGroupFactory groups = groups();
        for (int round = 0; round < 500; round++) {
            int[] box = {round, 0, 0, 0};
            groups.run("group", group -> {
                Task<Void> first = group.fork(() -> {
                    box[1] = box[0] + 1;
                });
                first.await();
                assertThat(box[1]).isEqualTo(box[0] + 1);
                group.fork(() -> {
                            box[2] = box[1] + 1;
                        })
                        .onCompletion(task -> box[3] = box[2] + 1);
                group.join();
                assertThat(box[2]).isEqualTo(box[0] + 2);
                assertThat(box[3]).isEqualTo(box[0] + 3);
            });
        }
    }

    /** Looks as often as it can while the outcome is published, and yields: on a busy machine the task needs the processor. */
    @Test
    default void whoeverSeesThatATaskHasEndedSeesItsResult() throws InterruptedException {
        TaskGroupFactory groups = groups();
        int[] box = new int[1];
        for (int round = 1; round <= 1_000; round++) {
            int number = round;
            groups.run("group", group -> {
                Task<Integer> task = group.fork(() -> {
                    box[0] = number;
                    return number;
                });
                for (int step = 0; !task.state().isTerminal(); step++) {
                    RaceThreads.relax(step);
                }
                assertThat(task.result()).isEqualTo(number);
                assertThat(box[0]).isEqualTo(number);
            });
        }
    }
}
