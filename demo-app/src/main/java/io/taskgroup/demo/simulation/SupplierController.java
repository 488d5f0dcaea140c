package io.taskgroup.demo.simulation;

import jakarta.validation.Valid;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The switches of the simulated suppliers: break one, and watch. */
@RestController
@RequestMapping("/api/suppliers")
class SupplierController {
    private final Suppliers suppliers;

    SupplierController(Suppliers suppliers) {
        this.suppliers = suppliers;
    }

    @GetMapping
    List<Supplier> all() {
        return suppliers.findAll();
    }

    @GetMapping("/{name}")
    Supplier one(@PathVariable String name) {
        return suppliers.findById(name).orElseThrow(() -> new UnknownSupplierException(name));
    }

    @PutMapping("/{name}")
    Supplier change(@PathVariable String name, @Valid @RequestBody SupplierSwitches switches) {
        return suppliers.save(one(name).with(switches));
    }
}
