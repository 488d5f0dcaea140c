package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The library never locks what users hold: a user may lock a group or a task. */
@Timeout(30)
class LockedGroupTest {
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().platformThreads().build();

    @Test
    void aGroupAndATaskThatTheOwnerHasLockedStillEnd() {
        Gate gate = new Gate();
        assertThatThrownBy(() -> groups.run("group", group -> {
                    synchronized (group) {
                        Task<Void> slow = group.fork("slow", gate::pass);
                        synchronized (slow) {
                            group.fork("bad", () -> {
                                gate.awaitArrival();
                                throw new IllegalStateException("no seats");
                            });
                            group.join();
                        }
                    }
                }))
                .isInstanceOf(TaskGroupException.class);
    }
}
