package io.taskgroup.demo.booking;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * A trip that was booked.
 *
 * @param reference under which the three suppliers hold their reservations
 */
record Booking(
        @Id @Nullable Long id,
        String requestKey,
        UUID reference,
        String traveller,
        String departure,
        String destination,
        LocalDate travelDate,
        String flight,
        String hotel,
        String car,
        Instant bookedAt) {
    static Booking of(BookingRequest request, UUID reference) {
        return new Booking(
                null,
                request.requestKey(),
                reference,
                request.traveller(),
                request.from(),
                request.to(),
                request.date(),
                request.flight(),
                request.hotel(),
                request.car(),
                Instant.now().truncatedTo(ChronoUnit.MICROS)); // what both databases keep
    }
}
