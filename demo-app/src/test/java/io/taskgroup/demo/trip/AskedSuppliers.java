package io.taskgroup.demo.trip;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.taskgroup.demo.supplier.Journey;
import io.taskgroup.demo.supplier.Kind;
import io.taskgroup.demo.supplier.Offer;
import io.taskgroup.demo.supplier.SupplierClient;
import io.taskgroup.demo.supplier.SupplierDirectory;
import io.taskgroup.demo.supplier.SupplierException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Suppliers that answer as a test wants: two airlines, an inn, the weather office. */
class AskedSuppliers {
    static final Journey JOURNEY = new Journey("Berlin", "Lisbon", LocalDate.of(2030, 7, 1));

    private final SupplierClient client = mock(SupplierClient.class);
    private final SupplierDirectory directory = mock(SupplierDirectory.class);
    private final Queue<String> interrupted = new ConcurrentLinkedQueue<>();

    AskedSuppliers() {
        when(directory.sellersOf(Kind.FLIGHT)).thenReturn(List.of("air-one", "air-two"));
        when(directory.sellersOf(Kind.HOTEL)).thenReturn(List.of("inn"));
        when(directory.all()).thenReturn(List.of("air-one", "air-two", "inn", "weather-office"));
    }

    SupplierClient client() {
        return client;
    }

    SupplierDirectory directory() {
        return directory;
    }

    /** Those whose call was interrupted. */
    Queue<String> interrupted() {
        return interrupted;
    }

    void offer(String supplier, int euros) {
        when(client.offer(supplier, JOURNEY)).thenReturn(offerOf(supplier, euros));
    }

    /** Answers when the latch has been counted down. */
    void offer(String supplier, int euros, CountDownLatch when) {
        when(client.offer(supplier, JOURNEY)).thenAnswer(call -> {
            when.await();
            return offerOf(supplier, euros);
        });
    }

    SupplierException fail(String supplier, CountDownLatch when) {
        SupplierException failure = new SupplierException(supplier, "answered 503", new IOException());
        when(client.offer(supplier, JOURNEY)).thenAnswer(call -> {
            when.await();
            throw failure;
        });
        return failure;
    }

    /** Says that it was asked, then never answers. */
    void beSilent(String supplier, CountDownLatch asked) {
        when(client.offer(supplier, JOURNEY)).thenAnswer(call -> {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("nobody counts this latch down");
            } catch (InterruptedException stopped) {
                interrupted.add(supplier);
                throw stopped;
            }
        });
    }

    static Offer offerOf(String supplier, int euros) {
        return new Offer(supplier, "an offer", euros);
    }
}
