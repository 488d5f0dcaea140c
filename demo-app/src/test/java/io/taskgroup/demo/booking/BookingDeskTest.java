package io.taskgroup.demo.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.demo.supplier.Kind;
import io.taskgroup.demo.supplier.SupplierClient;
import io.taskgroup.demo.supplier.SupplierDirectory;
import io.taskgroup.demo.supplier.SupplierException;
import io.taskgroup.demo.supplier.UnknownSupplierException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DuplicateKeyException;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class BookingDeskTest {
    private static final BookingRequest REQUEST =
            new BookingRequest("key", "Ada", "Berlin", "Lisbon", LocalDate.of(2030, 7, 1), "airline", "inn", "cars");
    private static final SupplierException FAILURE = new SupplierException("cars", "answered 503", new IOException());

    private final SupplierClient suppliers = mock(SupplierClient.class);
    private final SupplierDirectory directory = mock(SupplierDirectory.class);
    private final Bookings bookings = mock(Bookings.class);
    private final TaskGroupFactory groups = TaskGroupFactory.create();
    private final BookingDesk desk = new BookingDesk(groups, suppliers, directory, bookings);

    @BeforeEach
    void nothingIsBooked() {
        when(bookings.findByRequestKey("key")).thenReturn(Optional.empty());
        when(bookings.save(any())).thenAnswer(call -> call.getArgument(0));
    }

    @AfterEach
    void close() {
        groups.close();
    }

    @Test
    void aBookingHoldsOneReservationOfEachSupplier() throws InterruptedException {
        Booking booking = desk.book(REQUEST);

        for (String supplier : REQUEST.suppliers()) {
            verify(suppliers).reserve(supplier, booking.reference());
        }
        verify(suppliers, never()).release(any(), any());
    }

    @Test
    void aFailedReservationReleasesAllOfThem() {
        doThrow(FAILURE).when(suppliers).reserve(eq("cars"), any());

        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> desk.book(REQUEST))
                .withCause(FAILURE);

        for (String supplier : REQUEST.suppliers()) {
            verify(suppliers).release(eq(supplier), any());
        }
        verify(bookings, never()).save(any());
    }

    @Test
    void aFailedReservationInterruptsTheOthers() {
        CountDownLatch asked = new CountDownLatch(1);
        doAnswer(call -> {
                    asked.countDown();
                    new CountDownLatch(1).await();
                    return null;
                })
                .when(suppliers)
                .reserve(eq("inn"), any());
        doAnswer(call -> {
                    asked.await();
                    throw FAILURE;
                })
                .when(suppliers)
                .reserve(eq("cars"), any());

        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> desk.book(REQUEST))
                .withCause(FAILURE);
    }

    @Test
    void aBookingThatCannotBeStoredReleasesItsReservations() {
        IllegalStateException broken = new IllegalStateException("the database is broken");
        when(bookings.save(any())).thenThrow(broken);

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> desk.book(REQUEST))
                .isSameAs(broken);

        for (String supplier : REQUEST.suppliers()) {
            verify(suppliers).release(eq(supplier), any());
        }
    }

    @Test
    void ofTwoRequestsWithOneKeyTheSecondReleasesItsReservationsAndReturnsTheFirst() throws InterruptedException {
        Booking first = Booking.of(REQUEST, UUID.randomUUID());
        when(bookings.save(any())).thenThrow(new DuplicateKeyException("request_key"));
        when(bookings.findByRequestKey("key")).thenReturn(Optional.empty()).thenReturn(Optional.of(first));

        assertThat(desk.book(REQUEST)).isSameAs(first);

        verify(suppliers, never()).release("airline", first.reference());
        verify(suppliers).release(eq("airline"), any());
    }

    @Test
    void aReservationThatCannotBeReleasedIsNamedInTheLogAndTheOthersAreReleased(CapturedOutput log) {
        doThrow(FAILURE).when(suppliers).reserve(eq("cars"), any());
        doThrow(FAILURE).when(suppliers).release(eq("airline"), any());

        assertThatExceptionOfType(TaskGroupException.class).isThrownBy(() -> desk.book(REQUEST));

        verify(suppliers).release(eq("inn"), any());
        verify(suppliers).release(eq("cars"), any());
        assertThat(log.getOut()).containsPattern("ERROR.*Reservation .* is still to be released by .*airline");
    }

    @Test
    void anUnknownSupplierIsNotAsked() {
        doThrow(new UnknownSupplierException("inn")).when(directory).requireSeller(Kind.HOTEL, "inn");

        assertThatExceptionOfType(UnknownSupplierException.class).isThrownBy(() -> desk.book(REQUEST));

        verifyNoInteractions(suppliers);
    }
}
