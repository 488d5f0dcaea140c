package io.taskgroup.demo.trip;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.taskgroup.demo.supplier.Kind;
import io.taskgroup.demo.supplier.Offer;
import io.taskgroup.demo.supplier.SupplierClient;
import io.taskgroup.demo.supplier.SupplierDirectory;
import io.taskgroup.demo.supplier.SupplierException;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The six suppliers of a trip as one search meets them: one call in twenty fails, one in a hundred hangs. Which ones
 * follows from the number of the search, so that every way to write the search meets the same.
 */
class FlakySuppliers {
    private static final double HANG = 0.01;
    private static final double FAIL = 0.05;
    private static final int SLOWEST_MILLIS = 20;

    private final SupplierClient client =
            mock(SupplierClient.class, withSettings().stubOnly().defaultAnswer(call -> offer(call.getArgument(0))));
    private final SupplierDirectory directory =
            mock(SupplierDirectory.class, withSettings().stubOnly());
    private final AtomicInteger running = new AtomicInteger();
    private final Queue<SupplierException> failures = new ConcurrentLinkedQueue<>();

    private final int search;
    private final CountDownLatch closed;

    /** What hangs goes on until it is interrupted, or {@code closed} is counted down. */
    FlakySuppliers(int search, CountDownLatch closed) {
        this.search = search;
        this.closed = closed;
        when(directory.sellersOf(Kind.FLIGHT)).thenReturn(List.of("air-one", "air-two", "air-three"));
        when(directory.sellersOf(Kind.HOTEL)).thenReturn(List.of("inn", "grand-hotel"));
    }

    SupplierClient client() {
        return client;
    }

    SupplierDirectory directory() {
        return directory;
    }

    /** How many calls have begun and not ended. */
    int running() {
        return running.get();
    }

    /** What the suppliers have answered with; a call that was interrupted is none of them. */
    Queue<SupplierException> failures() {
        return failures;
    }

    private Offer offer(String supplier) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(31L * search + supplier.hashCode());
        double lot = random.nextDouble();
        running.incrementAndGet();
        try {
            if (closed.await(lot < HANG ? Long.MAX_VALUE : random.nextInt(SLOWEST_MILLIS), MILLISECONDS)) {
                throw new IllegalStateException(supplier + " has closed");
            }
            if (lot < HANG + FAIL) {
                throw failure(supplier);
            }
            return AskedSuppliers.offerOf(supplier, random.nextInt(50, 200));
        } finally {
            running.decrementAndGet();
        }
    }

    private SupplierException failure(String supplier) {
        SupplierException failure = new SupplierException(supplier, "answered 503", new IOException());
        failures.add(failure);
        return failure;
    }
}
