package io.taskgroup.demo.trip;

import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.demo.supplier.Journey;
import io.taskgroup.demo.supplier.Offer;
import io.taskgroup.demo.supplier.SupplierClient;
import org.springframework.stereotype.Service;

/** Plans a trip, all or nothing: three suppliers are asked at once, and the first that fails cancels the others. */
@Service
class TripPlanner {
    private final TaskGroupFactory groups;
    private final SupplierClient suppliers;

    TripPlanner(TaskGroupFactory groups, SupplierClient suppliers) {
        this.groups = groups;
        this.suppliers = suppliers;
    }

    Trip plan(Journey journey) throws InterruptedException {
        return groups.call("trip", group -> {
            Task<Offer> flight = group.fork("flight", () -> suppliers.offer("flight", journey));
            Task<Offer> hotel = group.fork("hotel", () -> suppliers.offer("hotel", journey));
            Task<Offer> weather = group.fork("weather", () -> suppliers.offer("weather", journey));
            return new Trip(flight.await(), hotel.await(), weather.await());
        });
    }
}
