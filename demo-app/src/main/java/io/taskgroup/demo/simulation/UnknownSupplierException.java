package io.taskgroup.demo.simulation;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** There is no supplier of that name: 404. */
class UnknownSupplierException extends ResponseStatusException {
    private static final long serialVersionUID = 1L;

    UnknownSupplierException(String name) {
        super(HttpStatus.NOT_FOUND, "There is no supplier '" + name + "'; GET /api/suppliers lists them");
    }
}
