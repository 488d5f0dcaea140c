package io.taskgroup.demo.simulation;

import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.web.server.ResponseStatusException;

/**
 * What suppliers hold. Both calls may come again, and in the wrong order: a release leaves a mark, so that a reservation
 * that was on its way when its caller gave up is refused.
 */
@Repository
class Reservations {
    private final JdbcClient database;

    Reservations(JdbcClient database) {
        this.database = database;
    }

    void reserve(String supplier, UUID reference) {
        try {
            insert(supplier, reference, false);
        } catch (DuplicateKeyException known) {
            if (isReleased(supplier, reference)) {
                throw new ResponseStatusException(HttpStatus.CONFLICT, reference + " was released", known);
            }
        }
    }

    void release(String supplier, UUID reference) {
        try {
            insert(supplier, reference, true);
        } catch (DuplicateKeyException reserved) {
            database.sql("update reservation set released = true where supplier = ? and reference = ?")
                    .params(supplier, reference)
                    .update();
        }
    }

    private void insert(String supplier, UUID reference, boolean released) {
        database.sql("insert into reservation (supplier, reference, released) values (?, ?, ?)")
                .params(supplier, reference, released)
                .update();
    }

    private boolean isReleased(String supplier, UUID reference) {
        return database.sql("select released from reservation where supplier = ? and reference = ?")
                .params(supplier, reference)
                .query(Boolean.class)
                .single();
    }
}
