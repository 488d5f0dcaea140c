package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 2 between the cancel of a group and the request to each of its tasks: what has not begun must not begin. */
@Timeout(60)
class CancelBeforeStartTest {
    private final QueueExecutor executor = new QueueExecutor();
    private final List<String> ran = new ArrayList<>();

    @Test
    void aTaskThatItsExecutorStartsMeanwhileDoesNotRun() throws InterruptedException {
        TaskGroupFactory groups = TaskGroupFactory.builder()
                .executor(executor)
                .observer(new TaskGroupObserver() {
                    @Override
                    public void groupCancelled(TaskGroup group, CancelReason reason) {
                        executor.runAll();
                    }
                })
                .build();
        groups.run("group", group -> {
            Task<Void> task = group.fork(() -> {
                ran.add("task");
            });
            group.cancel();
            assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
        });
        assertThat(ran).isEmpty();
    }
}
