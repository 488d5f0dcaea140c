package io.taskgroup.spring.http;

import io.taskgroup.CancelReason;
import io.taskgroup.TaskGroupCancelledException;
import io.taskgroup.TaskGroupFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Requests whose supplier answers when it is let, if ever. */
@RestController
class HangingController {
    final Semaphore hanging = new Semaphore(0);
    final CountDownLatch release = new CountDownLatch(1);
    final CompletableFuture<CancelReason> cancelled = new CompletableFuture<>();

    private final TaskGroupFactory groups;

    HangingController(TaskGroupFactory groups) {
        this.groups = groups;
    }

    @GetMapping("/hang")
    String hang() throws InterruptedException {
        return groups.call(
                "page",
                page -> page.fork(
                                "offers",
                                () -> groups.<String, RuntimeException>call(
                                        "suppliers",
                                        suppliers -> suppliers
                                                .fork("slow", this::answer)
                                                .await()))
                        .await());
    }

    private String answer() throws InterruptedException {
        hanging.release();
        release.await();
        return "answered";
    }

    @GetMapping("/fail")
    void fail() throws InterruptedException {
        groups.run(
                "page",
                page -> page.fork("product", () -> {
                    throw new IllegalStateException("user 4711 has no product");
                }));
    }

    @ExceptionHandler
    ProblemDetail cancelled(TaskGroupCancelledException thrown) {
        cancelled.complete(thrown.reason());
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE, thrown.reason().toString());
    }
}
