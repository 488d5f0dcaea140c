package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.taskgroup.CancelReason.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CancelReasonTest {
    @ParameterizedTest
    @EnumSource(Kind.class)
    void isReadAsItsKindAndItsSentence(Kind kind) {
        assertThat(CancelReason.of(kind, "Group 'a' had enough")).hasToString(kind.name() + ": Group 'a' had enough");
    }

    @Test
    void ofAGroupNamesNoTask() {
        assertThat(CancelReason.of(Kind.TIMEOUT, "late"))
                .isEqualTo(new CancelReason(Kind.TIMEOUT, "late", Optional.empty()));
    }

    @Test
    void ofATaskNamesIt() {
        assertThat(CancelReason.ofTask(Kind.TASK_FAILED, "stock", "stock failed"))
                .isEqualTo(new CancelReason(Kind.TASK_FAILED, "stock failed", Optional.of("stock")));
    }

    @Test
    void needsEveryPart() {
        assertThatNullPointerException()
                .isThrownBy(() -> new CancelReason(null, "late", Optional.empty()))
                .withMessage("kind");
        assertThatNullPointerException()
                .isThrownBy(() -> new CancelReason(Kind.TIMEOUT, null, Optional.empty()))
                .withMessage("message");
        assertThatNullPointerException()
                .isThrownBy(() -> new CancelReason(Kind.TIMEOUT, "late", null))
                .withMessage("taskName");
    }

    /** The contract lists them; a new one needs a row in {@link VerdictTest}. */
    @Test
    void hasTheKindsOfTheContract() {
        assertThat(Kind.values())
                .containsExactly(
                        Kind.TASK_FAILED,
                        Kind.TASK_CANCELLED,
                        Kind.DECIDED,
                        Kind.TIMEOUT,
                        Kind.REQUESTED,
                        Kind.BODY_FAILED,
                        Kind.INTERRUPTED,
                        Kind.PARENT_CANCELLED,
                        Kind.SHUTDOWN);
    }
}
