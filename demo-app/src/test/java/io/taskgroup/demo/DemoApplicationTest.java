package io.taskgroup.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;
import static org.springframework.http.MediaType.TEXT_HTML;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.assertj.RestTestClientResponse;

/** The whole application, over HTTP. */
@SpringBootTest(
        webEnvironment = RANDOM_PORT,
        properties = {"demo.tutorial.step=20ms", "taskgroup.groups.trip.timeout=3s", "server.shutdown=immediate"})
@AutoConfigureRestTestClient
@ExtendWith(OutputCaptureExtension.class)
@Timeout(120)
class DemoApplicationTest {
    private static final String TRIP = "/api/trips?from=Berlin&to=Lisbon&date=2030-07-01";

    private static final String FAILS = "{\"failureRate\": 1, \"delayMillis\": 200}";
    private static final String HANGS = "{\"hangs\": true}";
    private static final String WELL = "{}";

    @Autowired
    private RestTestClient http;

    @Autowired
    private MeterRegistry meters;

    @BeforeEach
    void allSuppliersAreWell() {
        suppliers(WELL, WELL, WELL);
    }

    @Test
    void aTripIsAFlightAHotelAndTheWeather() {
        assertThat(get(TRIP)).hasStatus(200).bodyJson().isLenientlyEqualTo("""
                {"flight": {"supplier": "flight"}, "hotel": {"supplier": "hotel"}, "weather": {"supplier": "weather"}}""");
    }

    @Test
    void aBrokenSupplierIsNamedAndTheHangingOnesAreNotWaitedFor() {
        suppliers(HANGS, FAILS, HANGS); // the hanging ones alone would make it a 504
        double cancelledBefore = cancelledTasks("task-failed");

        RestTestClientResponse answer = get(TRIP);

        assertThat(answer).hasStatus(502).hasContentType(APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"failed": [{"supplier": "hotel", "reason": "answered 503 SERVICE_UNAVAILABLE"}]}""");
        assertThat(cancelledTasks("task-failed")).isEqualTo(cancelledBefore + 2);
    }

    @Test
    void aHangingSupplierIsNamedAtTheDeadline() {
        suppliers(WELL, WELL, HANGS);
        double cancelledBefore = cancelledTasks("timeout");

        RestTestClientResponse answer = get(TRIP);

        assertThat(answer).hasStatus(504).hasContentType(APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().isLenientlyEqualTo("{\"unfinished\": [\"weather\"]}");
        assertThat(cancelledTasks("timeout")).isEqualTo(cancelledBefore + 1);
    }

    @Test
    void prometheusShowsTheCancelledTasks() {
        suppliers(HANGS, FAILS, HANGS);
        get(TRIP);

        assertThat(get("/actuator/prometheus"))
                .hasStatus(200)
                .bodyText()
                .containsPattern("taskgroup_tasks_cancelled\\w*\\{.*group=\"trip\".*reason=\"task-failed\".*} [1-9]");
    }

    @Test
    void theActuatorShowsTheTasksByOutcome() {
        suppliers(HANGS, FAILS, HANGS);
        get(TRIP);

        assertThat(get("/actuator/metrics/taskgroup.tasks?tag=group:trip"))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.availableTags[?(@.tag == 'outcome')].values[*]")
                .asArray()
                .contains("cancelled", "failure");
    }

    @Test
    void theLogTellsOfTheCancellationUnderTheIdOfTheRequest(CapturedOutput log) {
        suppliers(HANGS, FAILS, WELL);

        http.get().uri(TRIP).header("X-Request-Id", "to-lisbon").exchange();

        assertThat(log.getOut())
                .containsPattern("\\[to-lisbon].*Group 'trip': task 'flight' is asked to stop: TASK_FAILED: .*'hotel'")
                .containsPattern("\\[to-lisbon].*Group 'trip': task 'flight' was cancelled after \\d+ ms");
    }

    @Test
    void badInputIsABadRequestThatNamesTheParameter() {
        RestTestClientResponse answer = get("/api/trips?from=Berlin&to=Lisbon&date=soon");

        assertThat(answer).hasStatus(400).hasContentType(APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.invalid[0].parameter").isEqualTo("date");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/suppliers/train/offers?from=Berlin&to=Lisbon&date=2030-07-01",
                "/api/suppliers/train",
                "/api/tutorial/unknown"
            })
    void whatDoesNotExistIsNotFound(String uri) {
        assertThat(get(uri)).hasStatus(404).hasContentType(APPLICATION_PROBLEM_JSON);
    }

    @Test
    void theTutorialAnswersWithWhatHappened() {
        assertThat(get("/api/tutorial/basic")).bodyJson().isLenientlyEqualTo("""
                {"outcome": "SUCCEEDED", "tasks": {"quick": "SUCCEEDED", "slow": "SUCCEEDED"}}""");
        assertThat(get("/api/tutorial/failure")).hasStatus(200).bodyJson().isLenientlyEqualTo("""
                {"outcome": "FAILED", "tasks": {"failing": "FAILED", "sibling": "CANCELLED"}}""");
        assertThat(get("/api/tutorial/results"))
                .bodyJson()
                .extractingPath("$.results")
                .asArray()
                .containsExactlyInAnyOrder(1, 4, 9, 16, 25);
    }

    @Test
    void thePageIsServedWithItsParts() {
        assertThat(get("/"))
                .hasStatus(200)
                .hasContentTypeCompatibleWith(TEXT_HTML)
                .bodyText()
                .contains("js/app.js");
        assertThat(List.of(
                        "/style.css",
                        "/icon.svg",
                        "/js/app.js",
                        "/js/api.js",
                        "/js/answer.js",
                        "/js/json.js",
                        "/js/suppliers.js"))
                .allSatisfy(part -> assertThat(get(part)).hasStatus(200));
    }

    private RestTestClientResponse get(String uri) {
        return RestTestClientResponse.from(http.get().uri(uri).exchange());
    }

    private void suppliers(String flight, String hotel, String weather) {
        change("flight", flight);
        change("hotel", hotel);
        change("weather", weather);
    }

    private void change(String supplier, String switches) {
        String uri = "/api/suppliers/" + supplier;
        http.put().uri(uri).contentType(APPLICATION_JSON).body(switches).exchangeSuccessfully();
    }

    private double cancelledTasks(String reason) {
        Counter counter = meters.find("taskgroup.tasks.cancelled")
                .tags("group", "trip", "reason", reason)
                .counter();
        return counter == null ? 0 : counter.count();
    }
}
