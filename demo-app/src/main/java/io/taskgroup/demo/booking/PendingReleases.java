package io.taskgroup.demo.booking;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is to be released, unless a booking is stored. */
@Repository
class PendingReleases {
    private final JdbcClient database;

    PendingReleases(JdbcClient database) {
        this.database = database;
    }

    void add(UUID reference, String supplier) {
        database.sql("insert into pending_release (reference, supplier, since, due) values (?, ?, ?, false)")
                .params(reference, supplier, Instant.now().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Takes back what was added, because it was booked. Returns how much of it was not due. */
    int removeBooked(UUID reference) {
        return database.sql("delete from pending_release where reference = ? and not due")
                .param(reference)
                .update();
    }

    void removeReleased(PendingRelease released) {
        database.sql("delete from pending_release where reference = ? and supplier = ?")
                .params(released.reference(), released.supplier())
                .update();
    }

    List<PendingRelease> of(UUID reference) {
        return database.sql("select reference, supplier from pending_release where reference = ?")
                .param(reference)
                .query(PendingRelease.class)
                .list();
    }

    /** From now on what is that old, and not booked, will not be. */
    List<PendingRelease> declareDue(Instant before) {
        database.sql("update pending_release set due = true where since < ?")
                .param(before.atOffset(ZoneOffset.UTC))
                .update();
        return database.sql("select reference, supplier from pending_release where due")
                .query(PendingRelease.class)
                .list();
    }
}
