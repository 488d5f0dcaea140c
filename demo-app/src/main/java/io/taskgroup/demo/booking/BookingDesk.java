package io.taskgroup.demo.booking;

import io.taskgroup.TaskGroupFactory;
import io.taskgroup.demo.supplier.Kind;
import io.taskgroup.demo.supplier.SupplierClient;
import io.taskgroup.demo.supplier.SupplierDirectory;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/**
 * Books a trip: reserves with three suppliers at once, and stores one booking. Whatever goes wrong, what may have been
 * reserved is released.
 */
@Service
class BookingDesk {
    private final TaskGroupFactory groups;
    private final SupplierClient suppliers;
    private final SupplierDirectory directory;
    private final BookingLedger ledger;
    private final ReservationRelease release;

    BookingDesk(
            TaskGroupFactory groups,
            SupplierClient suppliers,
            SupplierDirectory directory,
            BookingLedger ledger,
            ReservationRelease release) {
        this.groups = groups;
        this.suppliers = suppliers;
        this.directory = directory;
        this.ledger = ledger;
        this.release = release;
    }

    Booking book(BookingRequest request) throws InterruptedException {
        directory.requireSeller(Kind.FLIGHT, request.flight());
        directory.requireSeller(Kind.HOTEL, request.hotel());
        directory.requireSeller(Kind.CAR, request.car());
        Optional<Booking> sentBefore = ledger.find(request.requestKey());
        if (sentBefore.isPresent()) {
            return sentBefore.get();
        }
        // one reference an attempt: when the same request is on its way twice, each releases only what it reserved
        return reserveAndStore(request, UUID.randomUUID());
    }

    private Booking reserveAndStore(BookingRequest request, UUID reference) throws InterruptedException {
        ledger.begin(request, reference);
        try {
            reserve(request, reference);
            return ledger.store(request, reference);
        } catch (DuplicateKeyException sentTwice) {
            release.release(reference);
            return ledger.find(request.requestKey()).orElseThrow(() -> sentTwice);
        } catch (InterruptedException | RuntimeException failed) {
            release.release(reference);
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

    Optional<Booking> find(long id) {
        return ledger.find(id);
    }
}
