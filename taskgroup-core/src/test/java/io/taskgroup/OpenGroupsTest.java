package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpenGroupsTest {
    private final List<Optional<CancelReason>> reasons = new ArrayList<>();

    @Test
    void aGroupThatIsOpenedWhileItsFactoryShutsDownIsCancelledAtOnce() {
        TaskGroupFactory[] groups = new TaskGroupFactory[1];
        groups[0] = TaskGroupFactory.builder()
                .observer(new TaskGroupObserver() {
                    @Override
                    public void groupOpened(TaskGroup group) {
                        shutDownElsewhere(groups[0]); // which does not see the group yet
                    }
                })
                .build();
        assertThatThrownBy(() -> groups[0].run("late", group -> reasons.add(group.cancelReason())))
                .isInstanceOf(TaskGroupCancelledException.class);
        assertThat(reasons)
                .singleElement()
                .satisfies(reason -> assertThat(reason).map(CancelReason::kind).contains(CancelReason.Kind.SHUTDOWN));
    }

    private static void shutDownElsewhere(TaskGroupFactory groups) {
        Thread other = new Thread(groups::close);
        other.start();
        try {
            other.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void onceSomebodyLooksATasksAgeIsTheTimeSinceItsFork() throws InterruptedException {
        TaskGroupFactory groups = TaskGroupFactory.create();
        Gate gate = new Gate();
        groups.run("group", group -> {
            assertThat(groups.snapshot()).hasSize(1);
            group.fork("after", gate::pass);
            GroupSnapshot now = groups.snapshot().get(0);
            TaskSnapshot after = now.tasks().get(0);
            assertThat(after.age()).isLessThan(now.age());
            gate.open();
        });
    }
}
