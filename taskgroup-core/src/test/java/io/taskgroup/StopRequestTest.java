package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskgroup.StopRequest.Delivery;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class StopRequestTest {
    private static final CancelReason REASON = CancelReason.of(CancelReason.Kind.REQUESTED, "enough");

    private final StopRequest request = new StopRequest(REASON, Delivery.OWED, null);

    @ParameterizedTest
    @EnumSource(Delivery.class)
    void onlyAWithdrawnRequestSaysThatTheCodeNeverRan(Delivery delivery) {
        assertThat(new StopRequest(REASON, delivery, null).isWithdrawn()).isEqualTo(delivery == Delivery.WITHDRAWN);
    }

    @ParameterizedTest
    @EnumSource(Delivery.class)
    void hasReachedTheCodeOnceItWasInterruptedOrTold(Delivery delivery) {
        assertThat(new StopRequest(REASON, delivery, null).hasReached())
                .isEqualTo(delivery == Delivery.DELIVERED || delivery == Delivery.TOLD);
    }

    @Test
    void keepsTheReasonAsItWasGiven() {
        assertThat(request.reason).isSameAs(REASON);
    }

    @Test
    void anAskerThatToldTheObserversInTimeLeavesTheEndToTheTask() {
        assertThat(request.announced()).isTrue();
        assertThat(request.handOver()).isFalse();
    }

    @Test
    void aTaskThatEndsFirstLeavesItsEndToTheAsker() {
        assertThat(request.handOver()).isTrue();
        assertThat(request.claim()).isTrue();
        assertThat(request.announced()).isFalse();
    }

    @Test
    void whatWasHandedOverIsClaimedOnce() {
        request.handOver();
        assertThat(request.claim()).isTrue();
        assertThat(request.claim()).isFalse();
    }

    @Test
    void warningsOfAStragglerComeAfterTwiceTheTimeEach() {
        assertThat(request.warnAfterNanos(10)).isEqualTo(10);
        request.warned(10, 11);
        assertThat(request.warnAfterNanos(10)).isEqualTo(20);
        request.warned(10, 21);
        assertThat(request.warnAfterNanos(10)).isEqualTo(40);
    }

    @Test
    void warningsThatWereMissedAreNotMadeUpFor() {
        request.warned(10, 445);
        assertThat(request.warnAfterNanos(10)).isEqualTo(640);
    }

    @Test
    void warningsOfAStragglerEndWhereTheClockDoes() {
        long first = Long.MAX_VALUE / 2 + 1;
        assertThat(request.warnAfterNanos(first)).isEqualTo(first);
        request.warned(first, first);
        assertThat(request.warnAfterNanos(first)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void knowsWhenItWasMade() {
        long before = System.nanoTime();
        StopRequest made = new StopRequest(REASON, Delivery.OWED, null);
        assertThat(made.atNanos - before).isBetween(0L, System.nanoTime() - before);
    }

    /** Nobody tells the end of the task twice, and somebody tells it. */
    @Test
    void whenBothRaceExactlyOneTellsTheEnd() throws Exception {
        int rounds = 10_000;
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService task = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < rounds; i++) {
                StopRequest raced = new StopRequest(REASON, Delivery.DELIVERED, null);
                Future<Boolean> handedOver = task.submit(() -> {
                    start.await();
                    return raced.handOver();
                });
                start.await();
                assertThat(raced.claim()).isTrue();
                boolean askerGoesOn = !raced.announced();
                assertThat(handedOver.get()).isEqualTo(askerGoesOn);
            }
        } finally {
            task.shutdownNow();
        }
    }
}
