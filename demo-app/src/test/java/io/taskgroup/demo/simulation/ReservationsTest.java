package io.taskgroup.demo.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jdbc.test.autoconfigure.DataJdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

@DataJdbcTest
@Import(Reservations.class)
@Transactional(propagation = Propagation.NOT_SUPPORTED) // each statement is one of its own, as in the application
class ReservationsTest {
    private final UUID reference = UUID.randomUUID();

    @Autowired
    private Reservations reservations;

    @Autowired
    private JdbcClient database;

    @Test
    void aReservationIsHeldUntilItIsReleased() {
        reservations.reserve("bluewing", reference);
        assertThat(held()).isOne();

        reservations.release("bluewing", reference);
        assertThat(held()).isZero();
    }

    @Test
    void aReservationThatIsMadeAgainIsTheSame() {
        reservations.reserve("bluewing", reference);
        reservations.reserve("bluewing", reference);

        assertThat(held()).isOne();
    }

    @Test
    void aReservationThatComesAfterItsReleaseIsRefused() {
        reservations.release("bluewing", reference);

        assertThatExceptionOfType(ResponseStatusException.class)
                .isThrownBy(() -> reservations.reserve("bluewing", reference))
                .withMessageContaining("409");
        assertThat(held()).isZero();
    }

    @Test
    void aReleaseThatComesAgainChangesNothing() {
        reservations.reserve("bluewing", reference);
        reservations.release("bluewing", reference);
        reservations.release("bluewing", reference);

        assertThat(held()).isZero();
    }

    private long held() {
        return database.sql("select count(*) from reservation where reference = ? and not released")
                .param(reference)
                .query(Long.class)
                .single();
    }
}
