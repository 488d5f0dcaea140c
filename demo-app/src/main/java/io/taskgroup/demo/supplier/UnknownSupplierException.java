package io.taskgroup.demo.supplier;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** There is no supplier of that name: 404. */
public class UnknownSupplierException extends ResponseStatusException {
    private static final long serialVersionUID = 1L;

    public UnknownSupplierException(String name) {
        this("supplier", name);
    }

    UnknownSupplierException(String what, String name) {
        super(HttpStatus.NOT_FOUND, "There is no " + what + " '" + name + "'; GET /api/suppliers lists them");
    }
}
