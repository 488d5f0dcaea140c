package io.taskgroup.demo.trip;

import static java.util.Comparator.comparingInt;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.taskgroup.demo.supplier.Journey;
import io.taskgroup.demo.supplier.Kind;
import io.taskgroup.demo.supplier.Offer;
import io.taskgroup.demo.supplier.SupplierClient;
import io.taskgroup.demo.supplier.SupplierDirectory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;

/** What {@link TripPlanner} does, as it is often written with futures. */
class FutureTripPlanner {
    private final Executor executor;
    private final Duration deadline;
    private final SupplierClient suppliers;
    private final SupplierDirectory directory;

    FutureTripPlanner(Executor executor, Duration deadline, SupplierClient suppliers, SupplierDirectory directory) {
        this.executor = executor;
        this.deadline = deadline;
        this.suppliers = suppliers;
        this.directory = directory;
    }

    Trip plan(Journey journey) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Offer> flight = cheapest(Kind.FLIGHT, journey);
        CompletableFuture<Offer> hotel = cheapest(Kind.HOTEL, journey);
        CompletableFuture<Offer> weather = offer("weather-office", journey);
        CompletableFuture.allOf(flight, hotel, weather).get(deadline.toNanos(), NANOSECONDS);
        return new Trip(flight.join(), hotel.join(), weather.join());
    }

    private CompletableFuture<Offer> cheapest(Kind kind, Journey journey) {
        List<CompletableFuture<Offer>> asked = directory.sellersOf(kind).stream()
                .map(supplier -> offer(supplier, journey))
                .toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(answered -> asked.stream()
                        .map(CompletableFuture::join)
                        .min(comparingInt(Offer::euros))
                        .orElseThrow());
    }

    private CompletableFuture<Offer> offer(String supplier, Journey journey) {
        return CompletableFuture.supplyAsync(() -> suppliers.offer(supplier, journey), executor);
    }
}
