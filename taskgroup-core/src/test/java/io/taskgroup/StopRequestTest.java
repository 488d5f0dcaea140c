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

    private final StopRequest request = new StopRequest(REASON, Delivery.OWED);

    @ParameterizedTest
    @EnumSource(Delivery.class)
    void onlyAWithdrawnRequestSaysThatTheCodeNeverRan(Delivery delivery) {
        assertThat(new StopRequest(REASON, delivery).isWithdrawn()).isEqualTo(delivery == Delivery.WITHDRAWN);
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
        assertThat(request.announced()).isFalse();
    }

    /** Nobody tells the end of the task twice, and somebody tells it. */
    @Test
    void whenBothRaceExactlyOneTellsTheEnd() throws Exception {
        int rounds = 10_000;
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService task = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < rounds; i++) {
                StopRequest raced = new StopRequest(REASON, Delivery.DELIVERED);
                Future<Boolean> handedOver = task.submit(() -> {
                    start.await();
                    return raced.handOver();
                });
                start.await();
                boolean askerGoesOn = !raced.announced();
                assertThat(handedOver.get()).isEqualTo(askerGoesOn);
            }
        } finally {
            task.shutdownNow();
        }
    }
}
