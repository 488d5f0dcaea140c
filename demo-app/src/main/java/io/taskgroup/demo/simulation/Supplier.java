package io.taskgroup.demo.simulation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A simulated supplier: what it sells, and how it behaves just now. */
record Supplier(
        String name,
        String description,
        int euros,
        @JsonUnwrapped SupplierSwitches switches) {
    Supplier with(SupplierSwitches newSwitches) {
        return new Supplier(name, description, euros, newSwitches);
    }
}
