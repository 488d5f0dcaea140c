package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Code that fails, and has not closed a group that it opened: both are told. */
@Timeout(60)
class LeftOpenGroupTest {
    private final IllegalStateException failure = new IllegalStateException("no seats");
    private final TaskGroupFactory groups = TaskGroupFactory.create();

    @Test
    void aTaskThatFailsWithAGroupLeftOpenSuppressesTheComplaint() {
        assertThatThrownBy(() -> groups.run(
                        "group",
                        group -> group.fork("task", () -> {
                            groups.open("left open");
                            throw failure;
                        })))
                .isInstanceOfSatisfying(
                        TaskGroupException.class,
                        failed -> assertThat(failed.failures()).containsExactly(new TaskFailure("task", failure)));
        complains("Task 'task' of group 'group' ended while Group 'left open'");
    }

    @Test
    void aBodyThatFailsWithAGroupLeftOpenSuppressesTheComplaint() {
        assertThatThrownBy(() -> groups.run("group", group -> {
                    groups.open("left open");
                    throw failure;
                }))
                .isSameAs(failure);
        complains("Group 'group' ended while Group 'left open'");
    }

    private void complains(String message) {
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(complaint -> assertThat(complaint)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(message)
                        .hasMessageContaining("reverse order"));
        assertThat(groups.snapshot()).isEmpty();
    }
}
