package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskGroupTimeoutExceptionTest {
    private static final Duration TIMEOUT = Duration.ofMillis(1500);

    private final TaskFailure failure = new TaskFailure("stock", new IOException("down"));

    @Test
    void saysWhichGroupWasLateHowLongItHadAndWhoWasLate() {
        assertThat(late(List.of("mail", "payment")))
                .hasMessage("Group 'order' was not done after 1500 ms; unfinished: mail, payment");
    }

    @Test
    void saysThatOnlyTheBodyWasLate() {
        assertThat(late(List.of())).hasMessage("Group 'order' was not done after 1500 ms; unfinished: only its body");
    }

    @Test
    void saysWhatFailedToo() {
        assertThat(late(List.of("mail"), failure))
                .hasMessage("Group 'order' was not done after 1500 ms; unfinished: mail; "
                        + "1 failure ('stock': java.io.IOException: down)");
    }

    @Test
    void keepsTheTimeoutAndTheNamesInForkOrder() {
        TaskGroupTimeoutException late = late(List.of("mail", "payment"), failure);
        assertThat(late.timeout()).isEqualTo(TIMEOUT);
        assertThat(late.unfinished()).containsExactly("mail", "payment");
        assertThat(late.groupName()).isEqualTo("order");
    }

    @Test
    void isATaskGroupExceptionWhoseFailuresMayBeEmpty() {
        assertThat(late(List.of("mail")).failures()).isEmpty();
        assertThat(late(List.of("mail"))).hasNoCause().hasNoSuppressedExceptions();
        assertThat(late(List.of("mail"), failure).failures()).containsExactly(failure);
        assertThat(late(List.of("mail"), failure)).hasCause(failure.exception());
    }

    @Test
    void isFoundAndHandledInsideAnotherGroupWhenNothingFailedInIt() {
        TaskGroupTimeoutException late = late(List.of("mail"));
        TaskGroupException outer = new TaskGroupException("shop", List.of(new TaskFailure("order", late), failure));
        assertThat(outer.find(TaskGroupTimeoutException.class)).containsSame(late);
        List<TaskGroupTimeoutException> handled = new ArrayList<>();
        assertThatThrownBy(() -> outer.handle(TaskGroupTimeoutException.class, handled::addAll)
                        .orElseThrow())
                .isInstanceOfSatisfying(
                        TaskGroupException.class,
                        rest -> assertThat(rest.failures()).containsExactly(failure));
        assertThat(handled).containsExactly(late);
    }

    @Test
    void isNotChangedByWhatBecomesOfTheListItWasGiven() {
        List<String> names = new ArrayList<>(List.of("mail"));
        TaskGroupTimeoutException late = late(names);
        names.clear();
        assertThat(late.unfinished()).containsExactly("mail");
        assertThatThrownBy(() -> late.unfinished().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void isCalledByItsOwnNameInATree() {
        assertThat(late(List.of("mail"), failure).toTree()).isEqualTo("""
                        order: TaskGroupTimeoutException
                          stock: java.io.IOException: down""");
    }

    @Test
    void needsATimeoutAndNames() {
        assertThatNullPointerException()
                .isThrownBy(() -> new TaskGroupTimeoutException("order", null, List.of(), List.of()))
                .withMessageContaining("timeout");
        assertThatNullPointerException()
                .isThrownBy(() -> new TaskGroupTimeoutException("order", TIMEOUT, null, List.of()))
                .withMessageContaining("unfinished");
    }

    /** Options take every positive timeout; such a one never expires, but a user's test may make the exception. */
    @Test
    void canBeMadeWithTheLongestTimeout() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        assertThat(new TaskGroupTimeoutException("order", longest, List.of(), List.of()).timeout())
                .isEqualTo(longest);
    }

    private static TaskGroupTimeoutException late(List<String> unfinished, TaskFailure... failures) {
        return new TaskGroupTimeoutException("order", TIMEOUT, unfinished, List.of(failures));
    }
}
