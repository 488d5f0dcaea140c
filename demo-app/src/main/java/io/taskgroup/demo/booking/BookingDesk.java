package io.taskgroup.demo.booking;

import io.taskgroup.JoinPolicy;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.TaskState;
import io.taskgroup.demo.supplier.Kind;
import io.taskgroup.demo.supplier.SupplierClient;
import io.taskgroup.demo.supplier.SupplierDirectory;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/**
 * Books a trip: reserves with three suppliers at once, and stores one booking. Whatever goes wrong, what may have been
 * reserved is released.
 */
@Service
class BookingDesk {
    private static final Logger LOG = LoggerFactory.getLogger(BookingDesk.class);

    /** Each supplier is to be reached, whatever the others say, and however long it takes. */
    private static final TaskGroupOptions RELEASE =
            TaskGroupOptions.named("release").withPolicy(JoinPolicy.awaitAll()).withoutTimeout();

    private final TaskGroupFactory groups;
    private final SupplierClient suppliers;
    private final SupplierDirectory directory;
    private final Bookings bookings;

    BookingDesk(TaskGroupFactory groups, SupplierClient suppliers, SupplierDirectory directory, Bookings bookings) {
        this.groups = groups;
        this.suppliers = suppliers;
        this.directory = directory;
        this.bookings = bookings;
    }

    Booking book(BookingRequest request) throws InterruptedException {
        directory.requireSeller(Kind.FLIGHT, request.flight());
        directory.requireSeller(Kind.HOTEL, request.hotel());
        directory.requireSeller(Kind.CAR, request.car());
        Optional<Booking> sentBefore = bookings.findByRequestKey(request.requestKey());
        if (sentBefore.isPresent()) {
            return sentBefore.get();
        }
        // one reference an attempt: when the same request is on its way twice, each releases only what it reserved
        return reserveAndStore(request, UUID.randomUUID());
    }

    Optional<Booking> find(long id) {
        return bookings.findById(id);
    }

    private Booking reserveAndStore(BookingRequest request, UUID reference) throws InterruptedException {
        try {
            reserve(request, reference);
            return bookings.save(Booking.of(request, reference));
        } catch (DuplicateKeyException sentTwice) {
            release(request, reference);
            return bookings.findByRequestKey(request.requestKey()).orElseThrow(() -> sentTwice);
        } catch (InterruptedException | RuntimeException failed) {
            release(request, reference);
            throw failed;
        }
    }

    private void reserve(BookingRequest request, UUID reference) throws InterruptedException {
        groups.run("booking", group -> {
            for (String supplier : request.suppliers()) {
                group.fork(supplier, () -> suppliers.reserve(supplier, reference));
            }
        });
    }

    private void release(BookingRequest request, UUID reference) throws InterruptedException {
        groups.run(RELEASE, group -> {
            for (String supplier : request.suppliers()) {
                group.fork(supplier, () -> suppliers.release(supplier, reference))
                        .onCompletion(task -> complainUnlessDone(task, reference));
            }
        });
    }

    private static void complainUnlessDone(Task<?> task, UUID reference) {
        if (task.state() != TaskState.SUCCEEDED) {
            LOG.error(
                    "Reservation {} is still to be released by {}",
                    reference,
                    task,
                    task.exception().orElse(null));
        }
    }
}
