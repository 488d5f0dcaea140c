package io.taskgroup.demo.trip;

import static java.util.Comparator.comparingInt;

import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupTimeoutException;
import io.taskgroup.demo.supplier.Journey;
import io.taskgroup.demo.supplier.Kind;
import io.taskgroup.demo.supplier.Offer;
import io.taskgroup.demo.supplier.SupplierClient;
import io.taskgroup.demo.supplier.SupplierDirectory;
import io.taskgroup.demo.supplier.UnansweredException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;

/** Plans a trip, all or nothing: all its suppliers are asked at once, and the first that fails cancels the others. */
@Service
class TripPlanner {
    private final TaskGroupFactory groups;
    private final SupplierClient suppliers;
    private final SupplierDirectory directory;

    TripPlanner(TaskGroupFactory groups, SupplierClient suppliers, SupplierDirectory directory) {
        this.groups = groups;
        this.suppliers = suppliers;
        this.directory = directory;
    }

    Trip plan(Journey journey) throws InterruptedException {
        Inquiry inquiry = new Inquiry(suppliers, journey);
        try {
            return plan(inquiry);
        } catch (TaskGroupTimeoutException late) {
            late.addSuppressed(new UnansweredException(inquiry.unanswered())); // late itself names the tasks only
            throw late;
        }
    }

    private Trip plan(Inquiry inquiry) throws InterruptedException {
        return groups.call("trip", group -> {
            Task<Offer> flight = group.fork("flight", () -> cheapest("flights", Kind.FLIGHT, inquiry));
            Task<Offer> hotel = group.fork("hotel", () -> cheapest("hotels", Kind.HOTEL, inquiry));
            Task<Offer> weather = group.fork("weather", () -> inquiry.ask("weather-office"));
            return new Trip(flight.await(), hotel.await(), weather.await());
        });
    }

    /** A group inside a task of the trip: when the trip is cancelled, so is this; when this fails, so does the task. */
    private Offer cheapest(String groupName, Kind kind, Inquiry inquiry) throws InterruptedException {
        return groups.call(groupName, group -> {
            List<Task<Offer>> asked = new ArrayList<>();
            for (String supplier : directory.sellersOf(kind)) {
                asked.add(group.fork(supplier, () -> inquiry.ask(supplier)));
            }
            group.join();
            return asked.stream()
                    .map(Task::result)
                    .min(comparingInt(Offer::euros))
                    .orElseThrow();
        });
    }
}
