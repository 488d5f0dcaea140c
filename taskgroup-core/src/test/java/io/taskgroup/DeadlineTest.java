package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    /** {@code System.nanoTime()} may be any number, and may pass the largest one while a group is open. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 500_000_000, -500_000_000})
    void theTimeLeftShrinksToZeroWhateverTheClockSays(long now) {
        Deadline deadline = Deadline.after(SECOND, now);
        assertThat(deadline.timeout()).isEqualTo(SECOND);
        assertThat(deadline.remaining(now)).isEqualTo(SECOND);
        assertThat(deadline.remaining(now + 300_000_000)).isEqualTo(Duration.ofMillis(700));
        assertThat(deadline.remaining(now + 999_999_999)).isEqualTo(Duration.ofNanos(1));
        assertThat(deadline.remaining(now + 1_000_000_000)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE, Long.MIN_VALUE})
    void theTimeLeftIsZeroHoweverLongTheDeadlineHasPassed(long now) {
        Deadline deadline = Deadline.after(SECOND, now);
        assertThat(deadline.remaining(now + 1_000_000_001)).isZero();
        assertThat(deadline.remaining(now + Duration.ofDays(36_500).toNanos())).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE, Long.MIN_VALUE})
    void aTimeoutThatIsTooLongForTheClockNeverComes(long now) {
        Deadline deadline = Deadline.after(LONGEST, now);
        assertThat(deadline.timeout()).isEqualTo(LONGEST);
        assertThat(deadline.remaining(now)).isGreaterThan(Duration.ofDays(36_500));
        assertThat(deadline.remaining(now + Duration.ofDays(36_500).toNanos())).isPositive();
    }

    @Test
    void messagesSayATimeoutInMillisecondsIfThereAreSomeAndNotTooMany() {
        assertThat(Deadline.text(Duration.ofMillis(1_500))).isEqualTo("1500 ms");
        assertThat(Deadline.text(Duration.ofMillis(1))).isEqualTo("1 ms");
        assertThat(Deadline.text(Duration.ofNanos(999_999))).isEqualTo("PT0.000999999S");
        assertThat(Deadline.text(LONGEST)).isEqualTo(LONGEST.toString());
    }

    @Test
    void aDurationIsCutToWhatTheClockCanTell() {
        Duration half = Duration.ofNanos(Long.MAX_VALUE / 2);
        assertThat(Deadline.nanos(Duration.ofNanos(1))).isEqualTo(1);
        assertThat(Deadline.nanos(SECOND)).isEqualTo(1_000_000_000);
        assertThat(Deadline.nanos(half)).isEqualTo(Long.MAX_VALUE / 2);
        assertThat(Deadline.nanos(half.plusNanos(1))).isEqualTo(Long.MAX_VALUE / 2);
        assertThat(Deadline.nanos(LONGEST)).isEqualTo(Long.MAX_VALUE / 2);
    }
}
