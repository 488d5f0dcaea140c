package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a factory knows of its live groups, and how it ends them. */
interface LiveTree extends OnThreads {
    @Test
    default void theSnapshotShowsGroupsInsideTasks() throws InterruptedException {
        needsTasksAtOnce(3);
        Gate outerGate = new Gate();
        Gate innerGate = new Gate();
        TaskGroupFactory groups = groups();
        groups.run("outer", outer -> {
            outer.fork("plain", outerGate::pass);
            outer.fork(
                    "holder",
                    () -> groups.run("inner", inner -> {
                        inner.fork("leaf", innerGate::pass);
                        inner.join();
                    }));
            outerGate.awaitArrival();
            innerGate.awaitArrival();
            GroupSnapshot root = groups.snapshot().get(0);
            assertThat(groups.snapshot()).hasSize(1);
            assertThat(root.id()).isEqualTo(outer.id());
            assertThat(root.tasks()).extracting(TaskSnapshot::name).containsExactly("plain", "holder");
            assertThat(root.counts()).isEqualTo(new TaskCounts(2, 0, 0, 0));
            TaskSnapshot plain = root.tasks().get(0);
            assertThat(plain.state()).isEqualTo(TaskState.RUNNING);
            assertThat(plain.thread()).isPresent();
            assertThat(plain.stack()).anyMatch(frame -> frame.contains("Gate.pass"));
            GroupSnapshot inner = root.tasks().get(1).groups().get(0);
            assertThat(inner.tasks()).extracting(TaskSnapshot::name).containsExactly("leaf");
            assertThat(root.toTree().lines().map(String::strip))
                    .anyMatch(line -> line.startsWith("group outer #" + root.id()))
                    .anyMatch(line -> line.startsWith("task holder #"))
                    .anyMatch(line -> line.startsWith("group inner #" + inner.id()))
                    .anyMatch(line -> line.startsWith("task leaf #"))
                    .noneMatch(line -> line.startsWith("at "));
            assertThat(root.toTreeWithStacks().lines().map(String::strip))
                    .containsSubsequence(
                            root.toTree().lines().map(String::strip).toList())
                    .anyMatch(line -> line.startsWith("at ") && line.contains("Gate.pass"));
            assertThat(groups.find(inner.id())).isPresent();
            outerGate.open();
            innerGate.open();
        });
        assertThat(groups.snapshot()).isEmpty();
    }

    @Test
    default void aFoundGroupCanBeCancelled() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        TaskGroupFactory groups = groups();
        OnThreads.after(
                gate,
                () -> groups.find(groups.snapshot().get(0).id()).orElseThrow().cancel("by hand"));
        TaskGroup[] ended = new TaskGroup[1];
        groups.run("group", group -> {
            ended[0] = group;
            group.fork("slow", gate::pass);
        });
        assertThat(ended[0].cancelReason()).map(CancelReason::message).contains("by hand");
        assertThat(groups.find(ended[0].id())).isEmpty();
        assertThat(groups.find(-1)).isEmpty();
    }

    @Test
    default void aShutdownWithGraceWaitsForOpenGroups() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        TaskGroupFactory groups = groups();
        boolean[] peaceful = new boolean[1];
        Thread shutter = new Thread(() -> {
            try {
                gate.awaitArrival();
                peaceful[0] = groups.shutdown(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        shutter.start();
        groups.run("group", group -> {
            group.fork("task", gate::pass);
            OnThreads.awaitUntil(() -> shutter.getState() == Thread.State.TIMED_WAITING);
            gate.open();
        });
        shutter.join();
        assertThat(peaceful[0]).isTrue();
        assertThatThrownBy(() -> groups.run("next", group -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Group 'next' was not opened");
    }

    @Test
    default void aShutdownWithoutGraceCancelsAndWaits() {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        TaskGroupFactory groups = groups();
        List<Boolean> peaceful = new CopyOnWriteArrayList<>();
        OnThreads.after(gate, () -> {
            try {
                peaceful.add(groups.shutdown(Duration.ZERO));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThatThrownBy(() -> groups.run("group", group -> group.fork("slow", gate::pass)))
                .isInstanceOf(TaskGroupCancelledException.class);
        OnThreads.awaitUntil(() -> !peaceful.isEmpty());
        assertThat(peaceful).containsExactly(false);
    }

    @Test
    default void aShutdownFromInsideAGroupDoesNotWaitForItself() {
        TaskGroupFactory groups = groups();
        assertThatThrownBy(() -> groups.run("group", group -> groups.close()))
                .isInstanceOf(TaskGroupCancelledException.class);
    }

    @Test
    default void aNegativeGraceIsRefused() throws InterruptedException {
        TaskGroupFactory groups = groups();
        assertThatThrownBy(() -> groups.shutdown(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("grace");
        groups.run("still open", group -> {});
    }
}
