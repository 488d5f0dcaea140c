package io.taskgroup.demo.simulation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.taskgroup.demo.supplier.Kind;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Embedded;

/** A simulated supplier: what it sells, and how it behaves just now. */
record Supplier(
        @Id String name,
        Kind kind,
        String description,
        int euros,

        @JsonUnwrapped @Embedded(onEmpty = Embedded.OnEmpty.USE_EMPTY)
        SupplierSwitches switches) {
    Supplier with(SupplierSwitches newSwitches) {
        return new Supplier(name, kind, description, euros, newSwitches);
    }
}
