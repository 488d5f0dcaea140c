package io.taskgroup.demo.booking;

import io.taskgroup.JoinPolicy;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.demo.supplier.SupplierClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Releases reservations. What cannot be released now is tried again later, until it is done. */
@Service
class ReservationRelease {
    /** Each supplier is to be reached, whatever the others say, and however long it takes. */
    private static final TaskGroupOptions RELEASE =
            TaskGroupOptions.named("release").withPolicy(JoinPolicy.awaitAll()).withoutTimeout();

    private final TaskGroupFactory groups;
    private final SupplierClient suppliers;
    private final PendingReleases pending;
    private final Duration forgottenAfter;

    ReservationRelease(
            TaskGroupFactory groups,
            SupplierClient suppliers,
            PendingReleases pending,
            @Value("${demo.booking.forgotten-after}") Duration forgottenAfter) {
        this.groups = groups;
        this.suppliers = suppliers;
        this.pending = pending;
        this.forgottenAfter = forgottenAfter;
    }

    /** Releases what was reserved under a reference, whether or not the supplier has said that it was. */
    void release(UUID reference) throws InterruptedException {
        releaseAll(pending.of(reference));
    }

    /** Releases what a crash, a cancel or a supplier that could not be reached has left. */
    @Scheduled(fixedDelayString = "${demo.booking.look-every}")
    void releaseForgotten() throws InterruptedException {
        releaseAll(pending.declareDue(Instant.now().minus(forgottenAfter)));
    }

    private void releaseAll(List<PendingRelease> releases) throws InterruptedException {
        if (releases.isEmpty()) {
            return;
        }
        groups.run(RELEASE, group -> {
            for (PendingRelease release : releases) {
                group.fork(release.supplier(), () -> {
                    suppliers.release(release.supplier(), release.reference());
                    pending.removeReleased(release);
                });
            }
        });
    }
}
