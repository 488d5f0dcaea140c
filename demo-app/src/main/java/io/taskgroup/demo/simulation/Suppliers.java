package io.taskgroup.demo.simulation;

import io.taskgroup.demo.supplier.UnknownSupplierException;
import java.util.List;
import org.springframework.data.repository.ListCrudRepository;

/** The simulated suppliers, by name. */
interface Suppliers extends ListCrudRepository<Supplier, String> {
    List<Supplier> findAllByOrderByName();

    default Supplier get(String name) {
        return findById(name).orElseThrow(() -> new UnknownSupplierException(name));
    }
}
