package io.taskgroup.demo.problem;

import static java.util.stream.Collectors.joining;

import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupTimeoutException;
import io.taskgroup.demo.supplier.FailedSupplier;
import io.taskgroup.demo.supplier.SupplierException;
import io.taskgroup.demo.supplier.UnansweredException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What a client gets when a task group did not succeed. */
@RestControllerAdvice
class TaskGroupProblems {
    /**
     * 502 if suppliers failed, 503 if a group inside was cancelled. Any other failure is a bug of ours: it is thrown on,
     * and becomes a 500.
     */
    @ExceptionHandler
    ProblemDetail failed(TaskGroupException failed) {
        List<SupplierException> failures = new ArrayList<>();
        List<CancellationException> cancelled = new ArrayList<>();
        failed.handle(SupplierException.class, failures::addAll)
                .handle(CancellationException.class, cancelled::addAll)
                .orElseThrow();
        return failures.isEmpty() ? stopped(cancelled.get(0)) : suppliersFailed(failures);
    }

    private static ProblemDetail suppliersFailed(List<SupplierException> failures) {
        String who = failures.stream().map(SupplierException::getMessage).collect(joining("; "));
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, who);
        problem.setProperty("failed", failures.stream().map(FailedSupplier::of).toList());
        return problem;
    }

    /** 504 if the group's deadline passed: its unfinished tasks and, where these are not suppliers, who is waited for. */
    @ExceptionHandler
    ProblemDetail deadlinePassed(TaskGroupTimeoutException late) {
        String who = "No answer within " + late.timeout().toMillis() + " ms: " + String.join(", ", late.unfinished());
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.GATEWAY_TIMEOUT, who);
        problem.setProperty("unfinished", late.unfinished());
        for (Throwable added : late.getSuppressed()) {
            if (added instanceof UnansweredException unanswered) {
                problem.setDetail(who + "; " + unanswered.getMessage());
                problem.setProperty("suppliers", unanswered.suppliers());
            }
        }
        return problem;
    }

    /** 503 if the group was cancelled from outside: by an operator, or because the application is stopping. */
    @ExceptionHandler
    ProblemDetail stopped(CancellationException cancelled) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, cancelled.getMessage());
    }
}
