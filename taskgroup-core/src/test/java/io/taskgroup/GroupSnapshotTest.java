package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupSnapshotTest {
    @Test
    void isOneLineAGroupAndATaskWhateverTheirNamesAndReasonsAre() {
        TaskSnapshot task = new TaskSnapshot(
                2,
                "b\r\n  task c",
                TaskState.RUNNING,
                false,
                Duration.ofMillis(5),
                Optional.of("worker\u001b[2J"),
                List.of(),
                List.of());
        GroupSnapshot group = new GroupSnapshot(
                1,
                "a\nb",
                true,
                Optional.of(CancelReason.of(CancelReason.Kind.REQUESTED, "by\u2028hand")),
                Duration.ofMillis(10),
                Optional.empty(),
                new TaskCounts(1, 0, 0, 0),
                List.of(task));
        assertThat(group.toTree()).isEqualTo("""
                group a b #1, 10 ms old, cancelled (REQUESTED: by hand)
                  task b   task c #2 RUNNING, 5 ms old, on worker [2J""");
    }
}
