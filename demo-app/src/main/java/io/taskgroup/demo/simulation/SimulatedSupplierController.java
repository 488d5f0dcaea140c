package io.taskgroup.demo.simulation;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.taskgroup.demo.supplier.Journey;
import io.taskgroup.demo.supplier.Offer;
import jakarta.validation.Valid;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The far side of {@link io.taskgroup.demo.supplier.SupplierClient}. */
@RestController
@RequestMapping("/suppliers/{supplier}")
@Tag(name = "Simulation")
class SimulatedSupplierController {
    private final SupplierSimulation simulation;

    SimulatedSupplierController(SupplierSimulation simulation) {
        this.simulation = simulation;
    }

    @GetMapping("/offers")
    CompletableFuture<Offer> offer(@PathVariable String supplier, @Valid Journey journey) {
        return simulation.offer(supplier);
    }

    @PutMapping("/reservations/{reference}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    CompletableFuture<Void> reserve(@PathVariable String supplier, @PathVariable UUID reference) {
        return simulation.reserve(supplier, reference);
    }

    @DeleteMapping("/reservations/{reference}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void release(@PathVariable String supplier, @PathVariable UUID reference) {
        simulation.release(supplier, reference);
    }
}
