package io.taskgroup.demo.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
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
import org.mockito.InOrder;
import org.springframework.dao.DuplicateKeyException;

@Timeout(60)
class BookingDeskTest {
    static final BookingRequest REQUEST = new BookingRequest(
            "key", "Ada", "Berlin", "Lisbon", LocalDate.of(2030, 7, 1), "bluewing", "grand-hotel", "city-cars");
    private static final SupplierException FAILURE =
            new SupplierException("city-cars", "answered 503", new IOException());

    private final SupplierClient suppliers = mock(SupplierClient.class);
    private final SupplierDirectory directory = mock(SupplierDirectory.class);
    private final BookingLedger ledger = mock(BookingLedger.class);
    private final ReservationRelease release = mock(ReservationRelease.class);
    private final TaskGroupFactory groups = TaskGroupFactory.create();
    private final BookingDesk desk = new BookingDesk(groups, suppliers, directory, ledger, release);

    @BeforeEach
    void nothingIsBooked() {
        when(ledger.find("key")).thenReturn(Optional.empty());
        when(ledger.store(any(), any())).thenAnswer(call -> Booking.of(call.getArgument(0), call.getArgument(1)));
    }

    @AfterEach
    void close() {
        groups.close();
    }

    @Test
    void aBookingIsStoredWhenEverySupplierHasReserved() throws InterruptedException {
        UUID reference = desk.book(REQUEST).reference();

        InOrder order = inOrder(ledger, suppliers);
        order.verify(ledger).begin(REQUEST, reference);
        order.verify(suppliers, atLeastOnce()).reserve(any(), eq(reference));
        order.verify(ledger).store(REQUEST, reference);
        for (String supplier : REQUEST.suppliers()) {
            verify(suppliers).reserve(supplier, reference);
        }
        verifyNoInteractions(release);
    }

    @Test
    void aFailedReservationReleasesAllAndStoresNothing() throws InterruptedException {
        doThrow(FAILURE).when(suppliers).reserve(eq("city-cars"), any());

        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> desk.book(REQUEST))
                .withCause(FAILURE);

        verify(release).release(any());
        verify(ledger, never()).store(any(), any());
    }

    @Test
    void aFailedReservationEndsTheCallsToTheOthers() {
        CountDownLatch asked = new CountDownLatch(1);
        doAnswer(call -> {
                    asked.countDown();
                    new CountDownLatch(1).await(); // until it is interrupted
                    return null;
                })
                .when(suppliers)
                .reserve(eq("grand-hotel"), any());
        doAnswer(call -> {
                    asked.await();
                    throw FAILURE;
                })
                .when(suppliers)
                .reserve(eq("city-cars"), any());

        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> desk.book(REQUEST))
                .withCause(FAILURE);
    }

    @Test
    void aBookingThatCannotBeStoredReleasesItsReservations() throws InterruptedException {
        IllegalStateException broken = new IllegalStateException("the database is broken");
        doThrow(broken).when(ledger).store(any(), any());

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> desk.book(REQUEST))
                .isSameAs(broken);

        verify(release).release(any());
    }

    @Test
    void aRequestThatWasBookedBeforeIsNotReservedAgain() throws InterruptedException {
        Booking first = Booking.of(REQUEST, UUID.randomUUID());
        when(ledger.find("key")).thenReturn(Optional.of(first));

        assertThat(desk.book(REQUEST)).isSameAs(first);

        verifyNoInteractions(suppliers);
    }

    @Test
    void ofTwoRequestsWithOneKeyTheSecondReleasesItsReservationsAndReturnsTheFirst() throws InterruptedException {
        Booking first = Booking.of(REQUEST, UUID.randomUUID());
        doThrow(new DuplicateKeyException("request_key")).when(ledger).store(any(), any());
        when(ledger.find("key")).thenReturn(Optional.empty()).thenReturn(Optional.of(first));

        assertThat(desk.book(REQUEST)).isSameAs(first);

        verify(release, never()).release(first.reference());
        verify(release).release(any());
    }

    @Test
    void anUnknownSupplierIsNotAsked() {
        doThrow(new UnknownSupplierException("grand-hotel")).when(directory).requireSeller(Kind.HOTEL, "grand-hotel");

        assertThatExceptionOfType(UnknownSupplierException.class).isThrownBy(() -> desk.book(REQUEST));

        verifyNoInteractions(suppliers, ledger);
    }
}
