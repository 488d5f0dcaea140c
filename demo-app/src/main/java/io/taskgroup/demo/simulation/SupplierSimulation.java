package io.taskgroup.demo.simulation;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.taskgroup.demo.supplier.Offer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.web.server.ResponseStatusException;

/** What the simulated suppliers do, each as its switches say. A delay or a hang costs no thread. */
@Service
class SupplierSimulation {
    private final Suppliers suppliers;
    private final Reservations reservations;
    private final Executor executor;

    SupplierSimulation(Suppliers suppliers, Reservations reservations, Executor applicationTaskExecutor) {
        this.suppliers = suppliers;
        this.reservations = reservations;
        this.executor = applicationTaskExecutor;
    }

    CompletableFuture<Offer> offer(String name) {
        Supplier supplier = suppliers.get(name);
        return afterItsDelay(supplier)
                .thenCompose(ready -> unlessItHangs(supplier))
                .thenApply(answered -> new Offer(supplier.name(), supplier.description(), supplier.euros()));
    }

    /** A supplier that hangs has reserved all the same: the worst that can happen to the desk. */
    CompletableFuture<Void> reserve(String name, UUID reference) {
        Supplier supplier = suppliers.get(name);
        return afterItsDelay(supplier)
                .thenRun(() -> reservations.reserve(name, reference))
                .thenCompose(reserved -> unlessItHangs(supplier));
    }

    void release(String name, UUID reference) {
        reservations.release(suppliers.get(name).name(), reference);
    }

    private CompletableFuture<Void> afterItsDelay(Supplier supplier) {
        long delay = supplier.switches().nextDelay().toMillis();
        return CompletableFuture.runAsync(() -> failAtTimes(supplier), delayedExecutor(delay, MILLISECONDS, executor));
    }

    private static void failAtTimes(Supplier supplier) {
        if (supplier.switches().nextFails()) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, supplier.name() + " is out of order");
        }
    }

    /** No answer comes until spring.mvc.async.request-timeout. */
    private static CompletableFuture<Void> unlessItHangs(Supplier supplier) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        if (!supplier.switches().hangs()) {
            answered.complete(null);
        }
        return answered;
    }
}
