package io.taskgroup.demo.booking;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Stores bookings, and until then what is to be released if there will be none. */
@Service
class BookingLedger {
    private final Bookings bookings;
    private final PendingReleases releases;

    BookingLedger(Bookings bookings, PendingReleases releases) {
        this.bookings = bookings;
        this.releases = releases;
    }

    @Transactional
    void begin(BookingRequest request, UUID reference) {
        request.suppliers().forEach(supplier -> releases.add(reference, supplier));
    }

    /**
     * Stores the booking, whose reservations are then not to be released any more: both or neither.
     *
     * @throws org.springframework.dao.DuplicateKeyException if a request with the same key was booked
     */
    @Transactional
    Booking store(BookingRequest request, UUID reference) {
        Booking booking = bookings.save(Booking.of(request, reference));
        if (releases.removeBooked(reference) != request.suppliers().size()) {
            throw new IllegalStateException("Reservation " + reference + " took so long that it was given up");
        }
        return booking;
    }

    Optional<Booking> find(String requestKey) {
        return bookings.findByRequestKey(requestKey);
    }

    Optional<Booking> find(long id) {
        return bookings.findById(id);
    }
}
