package io.taskgroup.demo.booking;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.taskgroup.demo.problem.RefusesBadInput;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping(path = "/api/bookings", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Trips")
class BookingController {
    private final BookingDesk desk;

    BookingController(BookingDesk desk) {
        this.desk = desk;
    }

    @PostMapping
    @Operation(
            summary = "Books a flight, a hotel and a car",
            description = "Three reservations at once; if one fails, those already made are released.")
    @ApiResponse(responseCode = "201", description = "Booked, by this request or an earlier one with the same key")
    @RefusesBadInput
    @ApiResponse(responseCode = "404", description = "There is no such supplier", content = @Content)
    @ApiResponse(responseCode = "502", description = "Suppliers failed: each is named", content = @Content)
    @ApiResponse(responseCode = "504", description = "The deadline passed: names who was late", content = @Content)
    ResponseEntity<Booking> book(@Valid @RequestBody BookingRequest request) throws InterruptedException {
        Booking booking = desk.book(request);
        return ResponseEntity.created(URI.create("/api/bookings/" + booking.id()))
                .body(booking);
    }

    @GetMapping("/{id}")
    @Operation(summary = "A booking")
    @ApiResponse(responseCode = "200")
    @RefusesBadInput
    @ApiResponse(responseCode = "404", description = "There is no such booking", content = @Content)
    Booking one(@PathVariable long id) {
        return desk.find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no booking " + id));
    }
}
