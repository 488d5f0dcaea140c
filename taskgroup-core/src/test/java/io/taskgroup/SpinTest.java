package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@Timeout(60)
class SpinTest {
    private int looks;

    private static void needsProcessors() {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "nobody spins on one processor");
    }

    @Test
    void whatIsTrueAlreadyIsLookedAtOnce() {
        needsProcessors();
        assertThat(Spin.until(() -> ++looks > 0)).isTrue();
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void whatBecomesTrueSoonEndsTheSpin() {
        needsProcessors();
        assertThat(Spin.until(() -> ++looks == 10)).isTrue();
        assertThat(looks).isEqualTo(10);
    }

    @Test
    void givesUpOnWhatStaysFalseAfterAShortWhile() {
        long before = System.nanoTime();
        assertThat(Spin.until(() -> {
                    looks++;
                    return false;
                }))
                .isFalse();
        assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void looksManyTimesBeforeItGivesUp() {
        needsProcessors();
        Spin.until(() -> {
            looks++;
            return false;
        });
        assertThat(looks).isGreaterThanOrEqualTo(64);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aVirtualThreadDoesNotEvenLook() throws Exception {
        boolean[] became = {true};
        Thread thread = VirtualThreads.factory(null).newThread(() -> became[0] = Spin.until(() -> ++looks > 0));
        thread.start();
        thread.join();
        assertThat(became[0]).isFalse();
        assertThat(looks).isZero();
    }
}
