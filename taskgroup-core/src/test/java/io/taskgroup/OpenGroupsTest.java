package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpenGroupsTest {
    /** The group is cancelled when it is opened; its body has run to its end when {@code close} returns. */
    @Test
    void aShutdownWaitsForAGroupThatIsBeingOpened() throws InterruptedException {
        List<CancelReason.Kind> reasons = new ArrayList<>();
        TaskGroupFactory[] groups = new TaskGroupFactory[1];
        Thread closer = new Thread(() -> groups[0].close());
        groups[0] = TaskGroupFactory.builder()
                .observer(new TaskGroupObserver() {
                    @Override
                    public void groupOpened(TaskGroup group) {
                        closer.start();
                        await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
                    }
                })
                .build();
        assertThatThrownBy(() -> groups[0].run("late", group -> {
                    group.cancelReason().map(CancelReason::kind).ifPresent(reasons::add);
                    assertThat(closer.isAlive()).isTrue();
                }))
                .isInstanceOf(TaskGroupCancelledException.class);
        assertThat(reasons).containsExactly(CancelReason.Kind.SHUTDOWN);
        closer.join();
    }

    @Test
    void aGroupThatWasNotOpenedHoldsUpNoShutdown() throws InterruptedException {
        TaskGroupFactory groups = TaskGroupFactory.create();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> groups.run("group", group -> {})).isInstanceOf(InterruptedException.class);
        assertThat(groups.shutdown(Duration.ofHours(1))).isTrue();
        assertThatThrownBy(() -> groups.run("refused", group -> {})).isInstanceOf(IllegalStateException.class);
        assertThat(groups.shutdown(Duration.ofHours(1))).isTrue();
    }

    @Test
    void anObserverMayShutDownWhatOpensAGroup() {
        TaskGroupFactory[] groups = new TaskGroupFactory[1];
        groups[0] = TaskGroupFactory.builder()
                .observer(new TaskGroupObserver() {
                    @Override
                    public void groupOpened(TaskGroup group) {
                        groups[0].close();
                    }
                })
                .build();
        assertThatThrownBy(() -> groups[0].run("group", group -> {})).isInstanceOf(TaskGroupCancelledException.class);
        assertThat(groups[0].snapshot()).isEmpty();
    }

    @Test
    void whoIsInAGroupOfAnotherFactoryWaitsForAGroupThatIsBeingOpenedToo() throws InterruptedException {
        Gate gate = new Gate();
        AtomicBoolean ended = new AtomicBoolean();
        TaskGroupFactory other = TaskGroupFactory.builder()
                .observer(new TaskGroupObserver() {
                    @Override
                    public void groupOpened(TaskGroup group) {
                        gate.passStubbornly();
                    }
                })
                .build();
        Thread opener = new Thread(() -> {
            other.open("group").close();
            ended.set(true);
        });
        opener.start();
        gate.awaitArrival();
        Thread closer = Thread.currentThread();
        Thread helper = new Thread(() -> {
            await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
            gate.open();
        });
        helper.start();
        TaskGroupFactory.create().run("around", group -> {
            assertThat(other.shutdown(Duration.ofHours(1))).isTrue();
            assertThat(other.snapshot()).isEmpty();
        });
        opener.join();
        helper.join();
        assertThat(ended).isTrue();
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
