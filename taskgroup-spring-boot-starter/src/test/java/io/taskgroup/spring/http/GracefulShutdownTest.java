package io.taskgroup.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import io.taskgroup.CancelReason;
import io.taskgroup.TaskGroupFactory;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An application that is closed while requests are in flight. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class GracefulShutdownTest {
    @Test
    void a_request_that_ends_in_time_is_answered_though_the_application_is_being_closed(CapturedOutput output)
            throws Exception {
        try (Shop shop = Shop.open("--server.shutdown=graceful")) {
            HangingController controller = shop.context.getBean(HangingController.class);
            CompletableFuture<HttpResponse<String>> inFlight = shop.getLater("/hang");
            controller.hanging.acquire();

            Thread closing = new Thread(shop::close);
            closing.start();
            await().until(() -> output.getOut().contains("Commencing graceful shutdown"));
            controller.release.countDown();
            closing.join();

            assertThat(inFlight.get().statusCode()).isEqualTo(200);
            assertThat(inFlight.get().body()).isEqualTo("answered");
            assertThat(output).doesNotContain("task groups are still open");
        }
    }

    @Test
    void by_default_nobody_may_cancel_and_a_request_that_hangs_is_named_in_one_line_and_cancelled(CapturedOutput output)
            throws Exception {
        try (Shop shop = Shop.open(
                "--server.shutdown=graceful",
                "--spring.lifecycle.timeout-per-shutdown-phase=100ms",
                "--taskgroup.shutdown.grace-period=100ms")) {
            HangingController controller = shop.context.getBean(HangingController.class);
            CompletableFuture<HttpResponse<String>> inFlight = shop.getLater("/hang");
            controller.hanging.acquire();
            int id = JsonPath.read(shop.get("/actuator/taskgroups").body(), "$.groups[0].id");
            assertThat(shop.delete("/actuator/taskgroups/" + id, Shop.as("olga"))
                            .statusCode())
                    .isIn(404, 405);
            assertThat(shop.context.getBean(TaskGroupFactory.class).find(id))
                    .hasValueSatisfying(group -> assertThat(group.isCancelled()).isFalse());

            shop.context.close();

            // the server stops when the groups have ended: whether the answer gets out is a matter of luck
            assertThat(controller.cancelled.join().kind()).isEqualTo(CancelReason.Kind.SHUTDOWN);
            await().until(inFlight::isDone);
            assertThat(output.getOut().lines().filter(line -> line.contains("task groups are still open")))
                    .singleElement()
                    .asString()
                    .contains("they are cancelled: page #" + id + " (tasks offers #");
        }
    }
}
