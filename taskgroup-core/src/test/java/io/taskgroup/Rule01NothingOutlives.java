package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Rule 1: when a group is over, the thread of every task has left the task. */
interface Rule01NothingOutlives extends OnThreads {
    @Test
    default void callReturnsTheBodysValueAfterEveryTaskHasLeft() throws InterruptedException {
        Trail trail = new Trail();
        String value = groups().call("group", group -> {
            group.fork(() -> trail.add("left 1"));
            group.fork(() -> trail.add("left 2"));
            return "value";
        });
        assertThat(value).isEqualTo("value");
        assertThat(trail.steps()).containsExactlyInAnyOrder("left 1", "left 2");
    }

    @Test
    default void callOfAFailedBodyWaitsForATaskThatIgnoresItsCancel() {
        needsTasksAtOnce(1);
        Trail trail = new Trail();
        Gate gate = new Gate();
        assertThatThrownBy(() -> groups().run("group", group -> {
                    Task<Void> stubborn = group.fork("stubborn", () -> {
                        gate.passStubbornly();
                        trail.add("left");
                    });
                    gate.awaitArrival();
                    OnThreads.after(gate, () -> {
                        OnThreads.awaitUntil(stubborn::isCancelRequested);
                        trail.add(stubborn.state() + ", asked to stop");
                        gate.open();
                    });
                    throw new IllegalStateException("the body failed");
                }))
                .hasMessage("the body failed");
        assertThat(trail.steps()).containsExactly("RUNNING, asked to stop", "left");
    }

    @Test
    default void joinOnACancelledGroupWaitsForATaskThatIgnoresItsCancel() throws InterruptedException {
        needsTasksAtOnce(1);
        Trail trail = new Trail();
        Gate gate = new Gate();
        groups().run("group", group -> {
            Task<Void> stubborn = group.fork("stubborn", () -> {
                gate.passStubbornly();
                trail.add("left");
            });
            gate.awaitArrival();
            Thread owner = Thread.currentThread();
            group.cancel();
            assertThat(Thread.interrupted()).as("the body was woken").isTrue();
            OnThreads.after(gate, () -> {
                OnThreads.awaitBlocked(owner);
                gate.open();
            });
            group.join();
            trail.add("joined " + stubborn.state());
        });
        assertThat(trail.steps()).containsExactly("left", "joined SUCCEEDED");
    }

    @Test
    default void closeWaitsForATaskThatIgnoresItsCancel() {
        needsTasksAtOnce(1);
        Trail trail = new Trail();
        Gate gate = new Gate();
        assertThatThrownBy(() -> {
                    try (OpenTaskGroup group = groups().open("group")) {
                        Task<Void> stubborn = group.fork("stubborn", () -> {
                            gate.passStubbornly();
                            trail.add("left");
                        });
                        gate.awaitArrival();
                        OnThreads.after(gate, () -> {
                            OnThreads.awaitUntil(stubborn::isCancelRequested);
                            gate.open();
                        });
                        throw new IllegalStateException("the body failed");
                    }
                })
                .hasMessage("the body failed");
        assertThat(trail.steps()).containsExactly("left");
    }

    @Test
    default void aGroupLeftOpenInATaskEndsWithTheTask() {
        TaskGroupFactory groups = groups();
        OpenTaskGroup[] left = new OpenTaskGroup[1];
        assertThatThrownBy(() -> groups.run(
                        "outer",
                        outer -> outer.fork("careless", () -> {
                            left[0] = groups.open("inner");
                            left[0].fork(() -> {});
                        })))
                .isInstanceOfSatisfying(
                        TaskGroupException.class,
                        failed -> assertThat(failed.failures().get(0).exception())
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("'careless'")
                                .hasMessageContaining("Group 'inner'")
                                .hasMessageContaining("close groups in the reverse order"));
        assertThatThrownBy(() -> left[0].fork(() -> 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void aGroupLeftOpenInABodyEndsWithTheBody() {
        TaskGroupFactory groups = groups();
        OpenTaskGroup[] left = new OpenTaskGroup[1];
        assertThatThrownBy(() -> groups.run("outer", outer -> left[0] = groups.open("inner")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Group 'inner'");
        assertThatThrownBy(() -> left[0].fork(() -> 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void aGroupWithoutForksSucceeds() throws InterruptedException {
        assertThat(groups().<Integer, RuntimeException>call("empty", group -> {
                    group.join();
                    return 42;
                }))
                .isEqualTo(42);
    }
}
