package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rule 16: plain fields written before fork are seen in the task, and those of the task after await and join. */
interface Rule16Visibility extends OnThreads {
    @Test
    default void plainFieldsAreVisibleAcrossForkAwaitAndJoin() throws InterruptedException {
        TaskGroupFactory groups = groups();
        for (int round = 0; round < 500; round++) {
            int[] box = {round, 0, 0};
            groups.run("group", group -> {
                Task<Void> first = group.fork(() -> {
                    box[1] = box[0] + 1;
                });
                first.await();
                assertThat(box[1]).isEqualTo(box[0] + 1);
                group.fork(() -> {
                    box[2] = box[1] + 1;
                });
                group.join();
                assertThat(box[2]).isEqualTo(box[0] + 2);
            });
        }
    }
}
