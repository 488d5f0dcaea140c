package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Rule 12: observers see every event once and in order, before join returns. */
interface Rule12Observers extends OnThreads {
    @Test
    default void aGroupThatSucceedsTellsItsStoryInOrder() throws InterruptedException {
        Trail trail = new Trail();
        groups(builder().observer(trail)).run("group", group -> group.fork("task", () -> 1));
        assertThat(trail.steps())
                .containsExactly(
                        "opened group",
                        "forked task",
                        "started task",
                        "ended task SUCCEEDED",
                        "closed group SUCCEEDED");
    }

    @Test
    default void aGroupThatFailsTellsItsStoryInOrder() {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        Trail trail = new Trail();
        assertThatThrownBy(() -> groups(builder().observer(trail)).run("group", group -> {
                    group.fork("slow", gate::pass);
                    gate.awaitArrival();
                    group.fork("bad", () -> {
                        throw new IllegalStateException("no seats");
                    });
                }))
                .isInstanceOf(TaskGroupException.class);
        assertThat(trail.steps())
                .startsWith(
                        "opened group",
                        "forked slow",
                        "started slow",
                        "forked bad",
                        "started bad",
                        "cancelled group TASK_FAILED",
                        "asked slow TASK_FAILED")
                .contains("ended slow CANCELLED", "ended bad FAILED")
                .endsWith("closed group FAILED")
                .hasSize(10);
    }

    @Test
    default void aTaskThatNeverRanIsAskedAndEnded() throws InterruptedException {
        Trail trail = new Trail();
        groups(TaskGroupFactory.builder().executor(new QueueExecutor()).observer(trail))
                .run("group", group -> {
                    group.fork("never", () -> 1);
                    group.cancel();
                });
        assertThat(trail.steps())
                .containsExactly(
                        "opened group",
                        "forked never",
                        "cancelled group REQUESTED",
                        "asked never REQUESTED",
                        "ended never CANCELLED",
                        "closed group CANCELLED");
    }

    @Test
    default void anObserverThatThrowsIsLeftOutAndTheOthersGoOn() throws InterruptedException {
        Trail before = new Trail();
        Trail after = new Trail();
        int[] called = new int[1];
        TaskGroupObserver broken = new TaskGroupObserver() {
            @Override
            public void groupOpened(TaskGroup group) {
                called[0]++;
                throw new IllegalStateException("broken observer");
            }
        };
        TaskGroupFactory groups =
                groups(builder().observer(before).observer(broken).observer(after));
        groups.run("first", group -> {});
        groups.run("second", group -> {});
        assertThat(called[0]).isEqualTo(1);
        assertThat(before.steps()).hasSize(4).isEqualTo(after.steps());
    }

    @Test
    default void theRequestToStopIsToldBeforeTheEndEvenWhenTheyRace() throws InterruptedException {
        for (int round = 0; round < 300; round++) {
            Trail trail = new Trail();
            groups(builder().observer(trail))
                    .run(TaskGroupOptions.named("group").withPolicy(JoinPolicy.noFailures()), group -> {
                        Task<Void> task = group.fork("task", () -> {});
                        task.cancel();
                    });
            assertThat(trail.steps())
                    .filteredOn(step -> step.startsWith("ended"))
                    .hasSize(1);
            assertThat(trail.steps()).endsWith("closed group SUCCEEDED");
            int asked = trail.steps().indexOf("asked task REQUESTED");
            if (asked >= 0) {
                assertThat(trail.steps().subList(asked + 1, trail.steps().size()))
                        .anyMatch(step -> step.startsWith("ended"));
            }
        }
    }

    @Test
    default void aGroupIsOpenedBeforeItIsCancelledEvenWhenTheyRace() throws InterruptedException {
        for (int round = 0; round < 300; round++) {
            Trail trail = new Trail();
            TaskGroupFactory groups =
                    groups(TaskGroupFactory.builder().platformThreads().observer(trail));
            groups.run(TaskGroupOptions.named("outer").withPolicy(JoinPolicy.noFailures()), outer -> {
                Task<Void> holder = outer.fork("holder", () -> groups.run("inner", inner -> {}));
                holder.cancel();
            });
            int cancelled = trail.steps().indexOf("cancelled inner PARENT_CANCELLED");
            if (cancelled >= 0) {
                assertThat(trail.steps().indexOf("opened inner")).isBetween(0, cancelled);
            }
        }
    }
}
