package io.taskgroup.demo.trip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.demo.supplier.FailedSupplier;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OfferFinderTest {
    private static final CountDownLatch AT_ONCE = new CountDownLatch(0);

    private final AskedSuppliers suppliers = new AskedSuppliers();
    private final TaskGroupFactory groups = TaskGroupFactory.builder()
            .defaults(TaskGroupOptions.named("any").withTimeout(Duration.ofMillis(300)))
            .build();
    private final OfferFinder finder = new OfferFinder(groups, suppliers.client(), suppliers.directory());

    @AfterEach
    void close() {
        groups.close();
    }

    @Test
    void allOffersAreSortedByPrice() throws InterruptedException {
        suppliers.offer("air-one", 120);
        suppliers.offer("air-two", 80);
        suppliers.offer("inn", 95);
        suppliers.offer("weather-office", 0);

        Offers found = finder.all(AskedSuppliers.JOURNEY);

        assertThat(found.offers())
                .extracting("supplier")
                .containsExactly("weather-office", "air-two", "inn", "air-one");
        assertThat(found.failed()).isEmpty();
        assertThat(found.late()).isEmpty();
    }

    @Test
    void whoFailsIsNamedAndWhoIsLateIsNamedAndInterrupted() throws InterruptedException {
        suppliers.offer("air-one", 120);
        suppliers.beSilent("air-two", new CountDownLatch(1));
        suppliers.fail("inn", AT_ONCE);
        suppliers.offer("weather-office", 0);

        Offers found = finder.all(AskedSuppliers.JOURNEY);

        assertThat(found.offers()).extracting("supplier").containsExactly("weather-office", "air-one");
        assertThat(found.failed()).containsExactly(new FailedSupplier("inn", "answered 503"));
        assertThat(found.late()).containsExactly("air-two");
        assertThat(suppliers.interrupted()).containsExactly("air-two");
    }

    @Test
    void theFirstFlightWinsAndTheOtherCallIsInterrupted() throws InterruptedException {
        CountDownLatch otherIsAsked = new CountDownLatch(1);
        suppliers.beSilent("air-one", otherIsAsked);
        suppliers.offer("air-two", 80, otherIsAsked);

        assertThat(finder.fastestFlight(AskedSuppliers.JOURNEY)).isEqualTo(AskedSuppliers.offerOf("air-two", 80));
        assertThat(suppliers.interrupted()).containsExactly("air-one");
    }

    @Test
    void aFlightThatIsThereBeforeAllWereAskedWins() throws InterruptedException {
        suppliers.offer("air-one", 120);
        suppliers.offer("air-two", 80);

        for (int race = 0; race < 200; race++) {
            assertThat(finder.fastestFlight(AskedSuppliers.JOURNEY).supplier()).startsWith("air-");
        }
    }

    @Test
    void aFailureDoesNotEndTheRace() throws InterruptedException {
        suppliers.fail("air-one", AT_ONCE);
        suppliers.offer("air-two", 80);

        assertThat(finder.fastestFlight(AskedSuppliers.JOURNEY).supplier()).isEqualTo("air-two");
    }

    @Test
    void aRaceThatNobodyWinsFailsWithEveryFailure() {
        suppliers.fail("air-one", AT_ONCE);
        suppliers.fail("air-two", AT_ONCE);

        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> finder.fastestFlight(AskedSuppliers.JOURNEY))
                .satisfies(failed -> assertThat(failed.failures())
                        .extracting("taskName")
                        .containsExactlyInAnyOrder("air-one", "air-two"));
    }
}
