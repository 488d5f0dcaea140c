package io.taskgroup.demo.simulation;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.taskgroup.demo.problem.RefusesBadInput;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/suppliers", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Suppliers")
class SupplierController {
    private final Suppliers suppliers;

    SupplierController(Suppliers suppliers) {
        this.suppliers = suppliers;
    }

    @GetMapping
    @Operation(summary = "All suppliers")
    List<Supplier> all() {
        return suppliers.findAllByOrderByName();
    }

    @GetMapping("/{supplier}")
    @Operation(summary = "A supplier")
    Supplier one(@PathVariable("supplier") String name) {
        return suppliers.get(name);
    }

    @PutMapping("/{supplier}")
    @Operation(summary = "Changes how a supplier behaves", description = "What is left out is zero or off.")
    @ApiResponse(responseCode = "200")
    @RefusesBadInput
    @ApiResponse(responseCode = "404", description = "There is no such supplier", content = @Content)
    Supplier change(@PathVariable("supplier") String name, @Valid @RequestBody SupplierSwitches switches) {
        return suppliers.save(suppliers.get(name).with(switches));
    }
}
