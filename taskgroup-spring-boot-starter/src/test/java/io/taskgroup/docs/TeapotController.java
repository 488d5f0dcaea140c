package io.taskgroup.docs;

import io.taskgroup.Task;
import io.taskgroup.TaskGroupCancelledException;
import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupTimeoutException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TeapotController {
    private final TaskGroupFactory groups;
    private final Suppliers suppliers;

    TeapotController(TaskGroupFactory groups, Suppliers suppliers) {
        this.groups = groups;
        this.suppliers = suppliers;
    }

    record Page(String product, int stock, List<String> reviews) {}

    @GetMapping("/teapot")
    Page teapot() throws InterruptedException {
        return groups.call("teapot-page", group -> {
            Task<String> product = group.fork("product", suppliers::product);
            Task<Integer> stock = group.fork("stock", suppliers::stock);
            Task<List<String>> reviews = group.fork("reviews", suppliers::reviews);
            return new Page(product.await(), stock.await(), reviews.await());
        });
    }

    @ExceptionHandler
    ProblemDetail failed(TaskGroupException failed) {
        boolean late = failed instanceof TaskGroupTimeoutException;
        return ProblemDetail.forStatusAndDetail(
                late ? HttpStatus.GATEWAY_TIMEOUT : HttpStatus.BAD_GATEWAY, failed.getMessage());
    }

    /** Somebody cancelled the group, or the application shuts down: no failure, so no TaskGroupException. */
    @ExceptionHandler
    ProblemDetail cancelled(TaskGroupCancelledException cancelled) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, cancelled.getMessage());
    }
}
