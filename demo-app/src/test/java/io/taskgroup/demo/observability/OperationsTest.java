package io.taskgroup.demo.observability;

import static io.taskgroup.demo.Desk.FAILS;
import static io.taskgroup.demo.Desk.HANGS;
import static io.taskgroup.demo.Desk.JOURNEY;
import static io.taskgroup.demo.Desk.WELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskgroup.GroupSnapshot;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.demo.Desk;
import io.taskgroup.demo.TripDeskTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.assertj.RestTestClientResponse;

@TripDeskTest
@ExtendWith(OutputCaptureExtension.class)
class OperationsTest {
    @Autowired
    private Desk desk;

    @Autowired
    private RestTestClient http;

    @Autowired
    private TaskGroupFactory groups;

    @BeforeEach
    void oneSupplierIsBroken() {
        desk.allSuppliers(HANGS);
        desk.supplier("harbour-inn", FAILS);
    }

    @AfterEach
    void allSuppliersAreWell() {
        desk.allSuppliers(WELL);
    }

    @Test
    void prometheusShowsTheCancelledTasks() {
        desk.get("/api/trips" + JOURNEY);

        assertThat(desk.get("/actuator/prometheus"))
                .hasStatus(200)
                .bodyText()
                .containsPattern("taskgroup_tasks_cancelled\\w*\\{.*group=\"trip\".*reason=\"task-failed\".*} [1-9]");
    }

    @Test
    void theEndpointShowsWhatFailedAndWhy() {
        desk.get("/api/trips" + JOURNEY);

        assertThat(desk.get("/actuator/taskgroups"))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.recent[?(@.name == 'trip')].failures[*].message")
                .asArray()
                .anySatisfy(message -> assertThat(message.toString()).contains("harbour-inn answered 503"));
    }

    @Test
    void theHealthKnowsOfNoStraggler() {
        assertThat(desk.get("/actuator/health"))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.components.taskgroups.status")
                .isEqualTo("UP");
    }

    @Test
    void aGroupThatIsCancelledThroughTheEndpointIsServiceUnavailable() {
        desk.allSuppliers(HANGS);
        CompletableFuture<RestTestClientResponse> trip =
                CompletableFuture.supplyAsync(() -> desk.get("/api/trips" + JOURNEY));
        List<GroupSnapshot> open = await().until(groups::snapshot, groups -> !groups.isEmpty());

        http.delete().uri("/actuator/taskgroups/" + open.get(0).id()).exchangeSuccessfully();

        assertThat(trip.join()).hasStatus(503);
    }

    @Test
    void aGroupInsideThatIsCancelledThroughTheEndpointIsServiceUnavailable() {
        desk.allSuppliers(HANGS);
        CompletableFuture<RestTestClientResponse> trip =
                CompletableFuture.supplyAsync(() -> desk.get("/api/trips" + JOURNEY));
        long flights = await().until(
                        () -> groups.snapshot().stream()
                                .flatMap(group -> group.tasks().stream())
                                .flatMap(task -> task.groups().stream())
                                .filter(group -> group.name().equals("flights"))
                                .map(GroupSnapshot::id)
                                .findFirst()
                                .orElse(0L),
                        id -> id != 0);

        http.delete().uri("/actuator/taskgroups/" + flights).exchangeSuccessfully();

        assertThat(trip.join()).hasStatus(503);
    }

    @Test
    void theLogTellsOfTheCancellationUnderTheTraceOfTheRequest(CapturedOutput log) {
        String trace = "0af7651916cd43dd8448eb211c80319c";

        http.get()
                .uri("/api/trips" + JOURNEY)
                .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                .exchange();

        assertThat(log.getOut())
                .containsPattern(trace + "-.*Group 'trip': task 'flight' is asked to stop: TASK_FAILED: .*'hotel'")
                .containsPattern(trace + "-.*Group 'flights': task 'cirrus' was cancelled after \\d+ ms");
    }
}
