package io.taskgroup.demo.trip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.TaskGroupTimeoutException;
import io.taskgroup.demo.supplier.SupplierException;
import io.taskgroup.demo.supplier.UnansweredException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TripPlannerTest {
    private final AskedSuppliers suppliers = new AskedSuppliers();

    @Test
    void aTripIsTheCheapestOfEachKindAndTheWeather() throws InterruptedException {
        suppliers.offer("air-one", 120);
        suppliers.offer("air-two", 80);
        suppliers.offer("inn", 95);
        suppliers.offer("weather-office", 0);

        assertThat(plan(TaskGroupFactory.builder()))
                .isEqualTo(new Trip(
                        AskedSuppliers.offerOf("air-two", 80),
                        AskedSuppliers.offerOf("inn", 95),
                        AskedSuppliers.offerOf("weather-office", 0)));
    }

    @Test
    void allSuppliersAreAskedAtOnce() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(4);
        when(suppliers.client().offer(any(), any())).thenAnswer(call -> {
            asked.countDown();
            asked.await(); // answers only when all four were asked
            return AskedSuppliers.offerOf(call.getArgument(0), 100);
        });

        assertThat(plan(TaskGroupFactory.builder())).isNotNull();
    }

    @Test
    void aFailingSupplierCancelsTheCallsToAllOthersAlsoInOtherGroups() {
        CountDownLatch othersAsked = new CountDownLatch(3);
        suppliers.beSilent("air-one", othersAsked);
        suppliers.beSilent("air-two", othersAsked);
        suppliers.beSilent("weather-office", othersAsked);
        SupplierException failure = suppliers.fail("inn", othersAsked);

        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> plan(TaskGroupFactory.builder()))
                .satisfies(failed ->
                        assertThat(failed.find(SupplierException.class)).containsSame(failure))
                .satisfies(failed -> assertThat(failed.failures()).hasSize(1));
        assertThat(suppliers.interrupted()).containsExactlyInAnyOrder("air-one", "air-two", "weather-office");
    }

    @Test
    void theDeadlineNamesWhatWasUnfinishedAndWhoHadNotAnswered() {
        TaskGroupOptions impatient = TaskGroupOptions.named("any").withTimeout(Duration.ofMillis(200));
        suppliers.offer("air-one", 120);
        suppliers.beSilent("air-two", new CountDownLatch(1));
        suppliers.offer("inn", 95);
        suppliers.offer("weather-office", 0);

        assertThatExceptionOfType(TaskGroupTimeoutException.class)
                .isThrownBy(() -> plan(TaskGroupFactory.builder()
                        .options(group -> group.name().equals("trip") ? impatient.withName("trip") : group)))
                .satisfies(late -> assertThat(late.unfinished()).containsExactly("flight"))
                .satisfies(late -> assertThat(late.getSuppressed())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                UnansweredException.class,
                                unanswered -> assertThat(unanswered.suppliers()).containsExactly("air-two")));
        assertThat(suppliers.interrupted()).containsExactly("air-two");
    }

    private Trip plan(TaskGroupFactory.Builder groups) throws InterruptedException {
        try (TaskGroupFactory factory = groups.build()) {
            return new TripPlanner(factory, suppliers.client(), suppliers.directory()).plan(AskedSuppliers.JOURNEY);
        }
    }
}
