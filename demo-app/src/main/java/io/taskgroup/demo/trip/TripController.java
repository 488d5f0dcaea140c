package io.taskgroup.demo.trip;

import io.taskgroup.demo.supplier.Journey;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TripController {
    private final TripPlanner planner;

    TripController(TripPlanner planner) {
        this.planner = planner;
    }

    @GetMapping("/api/trips")
    Trip trip(@Valid Journey journey) throws InterruptedException {
        return planner.plan(journey);
    }
}
