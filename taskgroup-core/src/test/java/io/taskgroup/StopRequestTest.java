package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskgroup.StopRequest.Delivery;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class StopRequestTest {
    private static final CancelReason REASON = CancelReason.of(CancelReason.Kind.REQUESTED, "enough");

    private final StopRequest request = new StopRequest(REASON, System.nanoTime(), Delivery.OWED, null);

    @ParameterizedTest
    @EnumSource(Delivery.class)
    void onlyAWithdrawnRequestSaysThatTheCodeNeverRan(Delivery delivery) {
        assertThat(new StopRequest(REASON, 0, delivery, null).isWithdrawn()).isEqualTo(delivery == Delivery.WITHDRAWN);
    }

    @ParameterizedTest
    @EnumSource(Delivery.class)
    void hasReachedTheCodeOnceItWasInterruptedOrTold(Delivery delivery) {
        assertThat(new StopRequest(REASON, 0, delivery, null).hasReached())
                .isEqualTo(delivery == Delivery.DELIVERED || delivery == Delivery.TOLD);
    }

    @Test
    void keepsTheReasonAsItWasGiven() {
        assertThat(request.reason).isSameAs(REASON);
    }

    @Test
    void theTimeUntilTheThreadLeftIsZeroWithoutARequestAndBeforeTheThreadHasLeft() {
        assertThat(StopRequest.untilLeft(null)).isZero();
        assertThat(StopRequest.untilLeft(request)).isZero();
    }

    @Test
    void theTimeUntilTheThreadLeftIsFromTheRequestToThat() {
        request.leftNow();
        long now = System.nanoTime();
        assertThat(StopRequest.untilLeft(request))
                .isPositive()
                .isLessThanOrEqualTo(Duration.ofNanos(now - request.atNanos));
    }

    @Test
    void aConcealedRequestIsNobodysToTell() {
        assertThat(request.isConcealed()).isFalse();
        request.concealed();
        assertThat(request.isConcealed()).isTrue();
        assertThat(request.claim()).isFalse();
        assertThat(request.handOver()).isFalse();
    }

    // ---- who tells the observers: the orders in which the asker and the task can come

    @Test
    void oneOnlyTellsOfTheRequest() {
        assertThat(request.claim()).isTrue();
        assertThat(request.claim()).isFalse();
    }

    @Test
    void aTaskThatEndsAfterTheRequestWasToldTellsItsEndItself() {
        request.claim();
        assertThat(request.announced()).isTrue();
        assertThat(request.handOver()).isFalse();
        assertThat(request.claim()).as("nothing is left to tell").isFalse();
    }

    @Test
    void aTaskThatEndsWhileTheRequestIsToldLeavesItsEndToTheAsker() {
        request.claim();
        assertThat(request.handOver()).isTrue();
        assertThat(request.announced()).isFalse();
        assertThat(request.claim()).as("nothing is left to tell").isFalse();
    }

    @Test
    void aTaskThatEndsBeforeTheRequestIsToldLeavesBothToTheAsker() {
        assertThat(request.handOver()).isTrue();
        assertThat(request.claim()).isTrue();
        assertThat(request.announced()).isFalse();
        assertThat(request.claim()).as("nothing is left to tell").isFalse();
    }

    @Test
    void aRequestThatNobodyIsToBeToldOfLeavesNothingToTell() {
        assertThat(request.announced()).isTrue();
        assertThat(request.claim()).isFalse();
        assertThat(request.handOver()).isFalse();
    }

    /** The asker and the forking thread, which may both find the request untold, and the thread of the task. */
    @Test
    void howeverTheyRaceOneTellsOfTheRequestAndOneOfTheEnd() throws Exception {
        try (Together together = new Together()) {
            for (int i = 0; i < 10_000; i++) {
                StopRequest raced = new StopRequest(REASON, System.nanoTime(), Delivery.DELIVERED, null);
                AtomicInteger requests = new AtomicInteger();
                AtomicInteger ends = new AtomicInteger();
                Together.Part asker = () -> {
                    if (raced.claim()) {
                        requests.incrementAndGet();
                        if (!raced.announced()) {
                            ends.incrementAndGet();
                        }
                    }
                };
                together.play(asker, asker, () -> {
                    if (!raced.handOver()) {
                        ends.incrementAndGet();
                    }
                });
                assertThat(requests).hasValue(1);
                assertThat(ends).hasValue(1);
            }
        }
    }

    // ---- stragglers

    @Test
    void warningsOfAStragglerComeAfterTwiceTheTimeEach() {
        assertThat(request.warnAfterNanos(10)).isEqualTo(10);
        assertThat(request.takeWarning(10, 9)).isFalse();
        assertThat(request.takeWarning(10, 11)).isTrue();
        assertThat(request.warnAfterNanos(10)).isEqualTo(20);
        assertThat(request.takeWarning(10, 19)).isFalse();
        assertThat(request.takeWarning(10, 21)).isTrue();
        assertThat(request.warnAfterNanos(10)).isEqualTo(40);
    }

    @Test
    void aWarningThatCameRightOnTimeIsNotDueAgain() {
        assertThat(request.takeWarning(10, 10)).isTrue();
        assertThat(request.warnAfterNanos(10)).isEqualTo(20);
    }

    @Test
    void warningsThatWereMissedAreNotMadeUpFor() {
        assertThat(request.takeWarning(10, 445)).isTrue();
        assertThat(request.warnAfterNanos(10)).isEqualTo(640);
    }

    @Test
    void warningsOfAStragglerEndWhereTheClockDoes() {
        long first = Long.MAX_VALUE / 2 + 1;
        assertThat(request.warnAfterNanos(first)).isEqualTo(first);
        assertThat(request.takeWarning(first, first)).isTrue();
        assertThat(request.warnAfterNanos(first)).isEqualTo(Long.MAX_VALUE);
    }
}
