package io.taskgroup.demo.trip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.taskgroup.TaskFailure;
import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.TaskGroupTimeoutException;
import io.taskgroup.demo.supplier.Journey;
import io.taskgroup.demo.supplier.Offer;
import io.taskgroup.demo.supplier.SupplierClient;
import io.taskgroup.demo.supplier.SupplierException;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.stubbing.Answer;

@Timeout(60)
class TripPlannerTest {
    private static final Journey JOURNEY = new Journey("Berlin", "Lisbon", LocalDate.of(2030, 7, 1));

    private final SupplierClient suppliers = mock(SupplierClient.class);
    private final Queue<String> interrupted = new ConcurrentLinkedQueue<>();

    @Test
    void aTripIsWhatTheSuppliersOffer() throws InterruptedException {
        when(suppliers.offer(any(), any())).thenAnswer(call -> offerOf(call.getArgument(0)));

        assertThat(plan(TaskGroupFactory.builder()))
                .isEqualTo(new Trip(offerOf("flight"), offerOf("hotel"), offerOf("weather")));
    }

    @Test
    void theSuppliersAreAskedAtOnce() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(3);
        when(suppliers.offer(any(), any())).thenAnswer(call -> {
            asked.countDown();
            asked.await(); // answers only when all three were asked
            return offerOf(call.getArgument(0));
        });

        assertThat(plan(TaskGroupFactory.builder())).isNotNull();
    }

    @Test
    void aFailingSupplierCancelsTheCallsToTheOthers() {
        CountDownLatch othersAsked = new CountDownLatch(2);
        SupplierException failure = new SupplierException("hotel", "answered 503", new IOException());
        when(suppliers.offer("flight", JOURNEY)).thenAnswer(silence(othersAsked));
        when(suppliers.offer("weather", JOURNEY)).thenAnswer(silence(othersAsked));
        when(suppliers.offer("hotel", JOURNEY)).thenAnswer(call -> {
            othersAsked.await();
            throw failure;
        });

        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> plan(TaskGroupFactory.builder()))
                .satisfies(failed -> assertThat(failed.failures()).containsExactly(new TaskFailure("hotel", failure)));
        assertThat(interrupted).containsExactlyInAnyOrder("flight", "weather");
    }

    @Test
    void theDeadlineNamesTheSuppliersThatWereSilent() {
        TaskGroupOptions impatient = TaskGroupOptions.named("any").withTimeout(Duration.ofMillis(200));
        when(suppliers.offer(any(), any())).thenAnswer(call -> offerOf(call.getArgument(0)));
        when(suppliers.offer("weather", JOURNEY)).thenAnswer(silence(new CountDownLatch(1)));

        assertThatExceptionOfType(TaskGroupTimeoutException.class)
                .isThrownBy(() -> plan(TaskGroupFactory.builder().defaults(impatient)))
                .satisfies(late -> assertThat(late.unfinished()).containsExactly("weather"));
        assertThat(interrupted).containsExactly("weather");
    }

    private Trip plan(TaskGroupFactory.Builder groups) throws InterruptedException {
        try (TaskGroupFactory factory = groups.build()) {
            return new TripPlanner(factory, suppliers).plan(JOURNEY);
        }
    }

    /** Says that it was asked, then never answers. */
    private Answer<Offer> silence(CountDownLatch asked) {
        return call -> {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("nobody counts this latch down");
            } catch (InterruptedException stopped) {
                interrupted.add(call.getArgument(0));
                throw stopped;
            }
        };
    }

    private static Offer offerOf(String supplier) {
        return new Offer(supplier, "an offer", 100);
    }
}
