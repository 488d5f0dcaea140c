package io.taskgroup.demo.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.stereotype.Repository;

/** The simulated suppliers, by name. */
@Repository
class Suppliers {
    private final Map<String, Supplier> byName = new ConcurrentSkipListMap<>();

    Suppliers() {
        save(new Supplier("flight", "Window seat, one way", 129, new SupplierSwitches(300, 100, 0, false)));
        save(new Supplier("hotel", "Room with a view, one night", 95, new SupplierSwitches(400, 100, 0, false)));
        save(new Supplier("weather", "Sunny, a light breeze", 0, new SupplierSwitches(100, 50, 0, false)));
    }

    List<Supplier> findAll() {
        return List.copyOf(byName.values());
    }

    Optional<Supplier> findById(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Supplier save(Supplier supplier) {
        byName.put(supplier.name(), supplier);
        return supplier;
    }
}
