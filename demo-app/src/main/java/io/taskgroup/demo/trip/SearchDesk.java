package io.taskgroup.demo.trip;

import io.taskgroup.TaskGroupTimeoutException;
import io.taskgroup.demo.supplier.Journey;
import io.taskgroup.demo.supplier.Offer;
import io.taskgroup.demo.trip.Search.Outcome;
import io.taskgroup.demo.trip.Search.Question;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Service;

/** Answers searches, and writes down how each of them ended. */
@Service
class SearchDesk {
    private final TripPlanner planner;
    private final OfferFinder finder;
    private final Searches searches;

    SearchDesk(TripPlanner planner, OfferFinder finder, Searches searches) {
        this.planner = planner;
        this.finder = finder;
        this.searches = searches;
    }

    Trip trip(Journey journey) throws InterruptedException {
        return record(Question.TRIP, journey, () -> planner.plan(journey));
    }

    Offers offers(Journey journey) throws InterruptedException {
        return record(Question.OFFERS, journey, () -> finder.all(journey));
    }

    Offer fastest(Journey journey) throws InterruptedException {
        return record(Question.FASTEST, journey, () -> finder.fastestFlight(journey));
    }

    List<Search> lastSearches() {
        return searches.findTop20ByOrderByIdDesc();
    }

    private <T> T record(Question question, Journey journey, Answer<T> answer) throws InterruptedException {
        long start = System.nanoTime();
        Outcome outcome = Outcome.FAILED;
        try {
            T found = answer.find();
            outcome = Outcome.ANSWERED;
            return found;
        } catch (TaskGroupTimeoutException late) {
            outcome = Outcome.LATE;
            throw late;
        } finally {
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            searches.save(Search.of(question, journey, outcome, millis));
        }
    }

    private interface Answer<T> {
        T find() throws InterruptedException;
    }
}
