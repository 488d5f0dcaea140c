package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rule 13: the nearest deadline up the tree counts, and success that came first stays success. */
interface Rule13Deadlines extends OnThreads {
    @Test
    default void remainingShowsTheNearestDeadline() throws InterruptedException {
        TaskGroupFactory groups = groups();
        groups.run(TaskGroupOptions.named("outer").withTimeout(Duration.ofMinutes(1)), outer -> {
            assertThat(outer.remaining())
                    .hasValueSatisfying(
                            left -> assertThat(left).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(1)));
            outer.fork(() -> {
                groups.run(
                        TaskGroupOptions.named("longer").withTimeout(Duration.ofHours(1)),
                        inner -> assertThat(inner.remaining())
                                .hasValueSatisfying(
                                        left -> assertThat(left).isLessThanOrEqualTo(Duration.ofMinutes(1))));
                groups.run(
                        TaskGroupOptions.named("shorter").withTimeout(Duration.ofSeconds(30)),
                        inner -> assertThat(inner.remaining())
                                .hasValueSatisfying(
                                        left -> assertThat(left).isLessThanOrEqualTo(Duration.ofSeconds(30))));
            });
        });
        groups.run("none", group -> assertThat(group.remaining()).isEmpty());
    }

    @Test
    default void anOuterDeadlineStopsAnInnerGroupAndIsTheOuterGroupsTimeout() {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        TaskGroupFactory groups = groups();
        assertThatThrownBy(() -> groups.run(TaskGroupOptions.named("outer").withTimeout(Duration.ofHours(1)), outer -> {
                    outer.fork("holder", () -> groups.run("inner", inner -> inner.fork("slow", gate::pass)));
                    gate.awaitArrival();
                    outer.reschedule(Duration.ofMillis(10));
                }))
                .isInstanceOfSatisfying(TaskGroupTimeoutException.class, late -> {
                    assertThat(late.groupName()).isEqualTo("outer");
                    assertThat(late.unfinished()).containsExactly("holder");
                    assertThat(late.failures()).isEmpty();
                });
    }

    @Test
    default void rescheduleMovesTheDeadline() {
        Gate gate = new Gate();
        assertThatThrownBy(
                        () -> groups().run(TaskGroupOptions.named("group").withTimeout(Duration.ofHours(1)), group -> {
                            group.reschedule(Duration.ofMillis(30));
                            gate.pass();
                        }))
                .isInstanceOfSatisfying(
                        TaskGroupTimeoutException.class,
                        late -> assertThat(late.timeout()).isEqualTo(Duration.ofMillis(30)));
    }

    @Test
    default void aDeadlineThatPassesAtOnceWasMovedAllTheSame() throws InterruptedException {
        TaskGroupOptions options = TaskGroupOptions.named("group").withOnTimeout(OnTimeout.MOVE_ON);
        for (int round = 0; round < 500; round++) {
            groups().run(options, group -> group.reschedule(Duration.ofNanos(1)));
        }
    }

    @Test
    default void rescheduleAfterACancelOrTheEndIsRefused() throws InterruptedException {
        TaskGroup[] ended = new TaskGroup[1];
        groups().run("group", group -> {
            ended[0] = group;
            group.cancel("enough");
            assertThatThrownBy(() -> group.reschedule(Duration.ofSeconds(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Group 'group' cannot be moved: it was cancelled")
                    .hasMessageContaining("enough");
        });
        assertThatThrownBy(() -> ended[0].reschedule(Duration.ofSeconds(1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void successBeforeTheDeadlineStaysSuccess() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            TaskGroupOptions tight = TaskGroupOptions.named("group").withTimeout(Duration.ofMillis(5));
            try {
                Integer value = groups().<Integer, RuntimeException>call(
                                tight, group -> group.fork(() -> 1).await());
                assertThat(value).isEqualTo(1);
            } catch (TaskGroupTimeoutException e) {
                // the deadline came first
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }
}
