package io.taskgroup.demo.trip;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.taskgroup.demo.problem.RefusesBadInput;
import io.taskgroup.demo.supplier.Journey;
import io.taskgroup.demo.supplier.Offer;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Trips")
class TripController {
    private final SearchDesk desk;

    TripController(SearchDesk desk) {
        this.desk = desk;
    }

    @GetMapping("/trips")
    @Operation(summary = "A trip, all or nothing", description = "The first supplier that fails cancels the others.")
    @ApiResponse(responseCode = "200")
    @RefusesBadInput
    @ApiResponse(responseCode = "502", description = "Suppliers failed: each is named", content = @Content)
    @ApiResponse(
            responseCode = "504",
            description = "The deadline passed: names what was unfinished, and who has not answered",
            content = @Content)
    Trip trip(@Valid Journey journey) throws InterruptedException {
        return desk.trip(journey);
    }

    @GetMapping("/offers")
    @Operation(summary = "The offers that come in time", description = "Best effort: says who failed and who was late.")
    @ApiResponse(responseCode = "200")
    @RefusesBadInput
    Offers offers(@Valid Journey journey) throws InterruptedException {
        return desk.offers(journey);
    }

    @GetMapping("/offers/fastest")
    @Operation(summary = "The flight that is offered first", description = "A race: the other calls are cancelled.")
    @ApiResponse(responseCode = "200")
    @RefusesBadInput
    @ApiResponse(responseCode = "502", description = "Every supplier failed: each is named", content = @Content)
    @ApiResponse(responseCode = "504", description = "The deadline passed: names who was late", content = @Content)
    Offer fastest(@Valid Journey journey) throws InterruptedException {
        return desk.fastest(journey);
    }

    @GetMapping("/searches")
    @Operation(summary = "The last searches, and how they ended")
    List<Search> searches() {
        return desk.lastSearches();
    }
}
