package io.taskgroup.demo.simulation;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.taskgroup.demo.supplier.Journey;
import io.taskgroup.demo.supplier.Offer;
import jakarta.validation.Valid;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The far side of {@link io.taskgroup.demo.supplier.SupplierClient}. A delay or a hang costs no thread here. */
@RestController
class OfferController {
    private final Suppliers suppliers;

    OfferController(Suppliers suppliers) {
        this.suppliers = suppliers;
    }

    @GetMapping("/suppliers/{name}/offers")
    CompletableFuture<Offer> offer(@PathVariable String name, @Valid Journey journey) {
        Supplier supplier = suppliers.findById(name).orElseThrow(() -> new UnknownSupplierException(name));
        if (supplier.switches().hangs()) {
            return new CompletableFuture<>(); // until spring.mvc.async.request-timeout
        }
        long delay = supplier.switches().nextDelay().toMillis();
        return supplyAsync(() -> answer(supplier), delayedExecutor(delay, MILLISECONDS));
    }

    private static Offer answer(Supplier supplier) {
        if (supplier.switches().nextFails()) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, supplier.name() + " is out of order");
        }
        return new Offer(supplier.name(), supplier.description(), supplier.euros());
    }
}
