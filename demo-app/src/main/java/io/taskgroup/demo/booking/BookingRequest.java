package io.taskgroup.demo.booking;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;

/**
 * What a traveller wants to have booked.
 *
 * @param requestKey chosen by the client; requests with the same key are one booking, however often they are sent
 */
record BookingRequest(
        @NotBlank @Size(max = 64) String requestKey,
        @NotBlank @Size(max = 60) String traveller,
        @NotBlank @Size(max = 60) String from,
        @NotBlank @Size(max = 60) String to,
        @NotNull LocalDate date,
        @NotBlank @Size(max = 40) String flight,
        @NotBlank @Size(max = 40) String hotel,
        @NotBlank @Size(max = 40) String car) {
    List<String> suppliers() {
        return List.of(flight, hotel, car);
    }
}
