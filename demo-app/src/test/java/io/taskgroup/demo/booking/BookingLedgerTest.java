package io.taskgroup.demo.booking;

import static io.taskgroup.demo.booking.BookingDeskTest.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import io.taskgroup.TaskGroupFactory;
import io.taskgroup.demo.supplier.SupplierClient;
import io.taskgroup.demo.supplier.SupplierException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jdbc.test.autoconfigure.DataJdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The ledger and the release of reservations, on a real database. */
@DataJdbcTest
@Import({BookingLedger.class, PendingReleases.class})
@Transactional(propagation = Propagation.NOT_SUPPORTED) // transactions end here as they do in the application
@Timeout(60)
class BookingLedgerTest {
    private final UUID reference = UUID.randomUUID();
    private final SupplierClient suppliers = mock(SupplierClient.class);
    private final TaskGroupFactory groups = TaskGroupFactory.create();

    @Autowired
    private BookingLedger ledger;

    @Autowired
    private PendingReleases pending;

    @Autowired
    private Bookings bookings;

    @BeforeEach
    void begin() {
        ledger.begin(REQUEST, reference);
    }

    @AfterEach
    void close() {
        groups.close();
        bookings.deleteAll();
        pending.declareDue(Instant.now()).forEach(pending::removeReleased);
    }

    @Test
    void whatIsBookedIsNoLongerToBeReleased() {
        assertThat(pending.of(reference)).hasSize(3);

        Booking booking = ledger.store(REQUEST, reference);

        assertThat(pending.of(reference)).isEmpty();
        assertThat(ledger.find("key")).contains(booking);
    }

    @Test
    void aSecondBookingWithTheSameKeyIsRefusedAndStaysToBeReleased() {
        UUID second = UUID.randomUUID();
        ledger.begin(REQUEST, second);
        ledger.store(REQUEST, reference);

        assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> ledger.store(REQUEST, second));

        assertThat(pending.of(second)).hasSize(3);
    }

    @Test
    void aBookingThatWasGivenUpIsNotStored() {
        pending.declareDue(Instant.now().plusSeconds(1));

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> ledger.store(REQUEST, reference))
                .withMessageContaining(reference.toString());

        assertThat(bookings.findAll()).isEmpty();
        assertThat(pending.of(reference)).hasSize(3);
    }

    @Test
    void whatIsReleasedIsNoLongerPending() throws InterruptedException {
        release(Duration.ofMinutes(1)).release(reference);

        assertThat(pending.of(reference)).isEmpty();
    }

    @Test
    void whatCannotBeReleasedStaysPendingUntilItCan() throws InterruptedException {
        SupplierException failure = new SupplierException("bluewing", "answered 503", new IOException());
        doThrow(failure).doNothing().when(suppliers).release("bluewing", reference);
        ReservationRelease release = release(Duration.ofSeconds(-1));

        release.release(reference);
        assertThat(pending.of(reference)).containsExactly(new PendingRelease(reference, "bluewing"));

        release.releaseForgotten();
        assertThat(pending.of(reference)).isEmpty();
    }

    @Test
    void whatIsYoungIsNotForgotten() throws InterruptedException {
        release(Duration.ofMinutes(1)).releaseForgotten();

        assertThat(pending.of(reference)).hasSize(3);
    }

    private ReservationRelease release(Duration forgottenAfter) {
        return new ReservationRelease(groups, suppliers, pending, forgottenAfter);
    }
}
