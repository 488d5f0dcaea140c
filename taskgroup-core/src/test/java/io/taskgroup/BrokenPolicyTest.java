package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A policy that throws fails the group, and nothing else happens. */
@Timeout(60)
class BrokenPolicyTest {
    private final IllegalStateException broken = new IllegalStateException("broken policy");

    /** Throws whenever it is asked at the end. */
    private final JoinPolicy policy = new JoinPolicy() {
        @Override
        public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
            return false;
        }

        @Override
        public boolean isSuccess(TaskCounts atJoin) {
            throw broken;
        }
    };

    private TaskGroupException failureOf(GroupAction<RuntimeException> body) {
        return catchThrowableOfType(
                TaskGroupException.class,
                () -> TaskGroupFactory.create()
                        .run(TaskGroupOptions.named("group").withPolicy(policy), body));
    }

    @Test
    void aPolicyThatThrowsAtTheEndIsListedAsThePolicy() {
        TaskGroupException failed = failureOf(group -> group.fork("good", () -> 1));
        assertThat(failed.failures()).containsExactly(new TaskFailure("policy", broken));
    }

    @Test
    void aPolicyThatThrowsIsListedAfterTheTasksThatFailed() {
        IllegalStateException first = new IllegalStateException("first");
        TaskGroupException failed = failureOf(group -> group.fork("bad", () -> {
            throw first;
        }));
        assertThat(failed.failures()).containsExactly(new TaskFailure("bad", first), new TaskFailure("policy", broken));
    }

    /** What it makes of a cancelled task is not known: nothing is lost. */
    @Test
    void aTaskThatIsCancelledOnItsOwnIsListedUnderAPolicyThatThrows() {
        TaskGroupException failed = failureOf(group -> {
            Gate gate = new Gate();
            group.fork("alone", gate::pass).cancel();
        });
        assertThat(failed.failures()).hasSize(2).endsWith(new TaskFailure("policy", broken));
        assertThat(failed.failures().get(0).taskName()).isEqualTo("alone");
        assertThat(failed.failures().get(0).exception()).isInstanceOf(TaskCancelledException.class);
    }
}
