package io.taskgroup.demo.trip;

import io.taskgroup.demo.supplier.Journey;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/** A search that was made, and how it ended. */
record Search(
        @Id @Nullable Long id,
        Question question,
        String departure,
        String destination,
        LocalDate travelDate,
        Outcome outcome,
        long millis,
        Instant searchedAt) {
    enum Question {
        TRIP,
        OFFERS,
        FASTEST
    }

    enum Outcome {
        ANSWERED,
        FAILED,
        LATE
    }

    static Search of(Question question, Journey journey, Outcome outcome, long millis) {
        return new Search(null, question, journey.from(), journey.to(), journey.date(), outcome, millis, Instant.now());
    }
}
