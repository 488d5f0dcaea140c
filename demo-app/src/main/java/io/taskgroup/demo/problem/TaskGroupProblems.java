package io.taskgroup.demo.problem;

import static java.util.stream.Collectors.joining;

import io.taskgroup.TaskGroupCancelledException;
import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupTimeoutException;
import io.taskgroup.demo.supplier.SupplierException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What a client gets when a task group did not succeed. */
@RestControllerAdvice
class TaskGroupProblems {
    /** 502 if suppliers failed. Any other failure in the group is a bug of ours: it is thrown on, and becomes a 500. */
    @ExceptionHandler
    ProblemDetail suppliersFailed(TaskGroupException failed) {
        List<SupplierException> failures = new ArrayList<>();
        failed.handle(SupplierException.class, failures::addAll).orElseThrow();

        String who = failures.stream().map(SupplierException::getMessage).collect(joining("; "));
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, who);
        problem.setProperty("failed", failures.stream().map(FailedSupplier::of).toList());
        return problem;
    }

    /** 504 if the group's deadline passed. */
    @ExceptionHandler
    ProblemDetail deadlinePassed(TaskGroupTimeoutException late) {
        String who = "No answer within " + late.timeout().toMillis() + " ms: " + String.join(", ", late.unfinished());
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.GATEWAY_TIMEOUT, who);
        problem.setProperty("unfinished", late.unfinished());
        return problem;
    }

    /** 503 if the group was cancelled from outside: the application is stopping. */
    @ExceptionHandler
    ProblemDetail stopped(TaskGroupCancelledException cancelled) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE, cancelled.reason().message());
    }

    record FailedSupplier(String supplier, String reason) {
        static FailedSupplier of(SupplierException failure) {
            return new FailedSupplier(failure.supplier(), failure.reason());
        }
    }
}
