package io.taskgroup.demo.booking;

import io.taskgroup.demo.supplier.Printable;
import io.taskgroup.demo.supplier.TravelDate;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * What a traveller wants to have booked.
 *
 * @param requestKey chosen by the client; requests with the same key are one booking, however often they are sent
 */
record BookingRequest(
        @NotBlank @Size(max = 64) @Printable String requestKey,
        @NotBlank @Size(max = 60) @Printable String traveller,
        @NotBlank @Size(max = 60) @Printable String from,
        @NotBlank @Size(max = 60) @Printable String to,

        @NotNull @TravelDate @JsonDeserialize(using = IsoDate.class)
        LocalDate date,

        @NotBlank @Size(max = 40) @Printable String flight,
        @NotBlank @Size(max = 40) @Printable String hotel,
        @NotBlank @Size(max = 40) @Printable String car) {
    List<String> suppliers() {
        return List.of(flight, hotel, car);
    }
}
