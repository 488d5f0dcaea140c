package io.taskgroup.demo.trip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;
import static org.springframework.http.MediaType.APPLICATION_XML;

import io.taskgroup.CancelReason;
import io.taskgroup.TaskFailure;
import io.taskgroup.TaskGroupCancelledException;
import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupTimeoutException;
import io.taskgroup.demo.supplier.Journey;
import io.taskgroup.demo.supplier.Offer;
import io.taskgroup.demo.supplier.SupplierException;
import io.taskgroup.demo.supplier.UnansweredException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(TripController.class)
class TripControllerTest {
    private static final String GOOD = "/api/trips?from=Berlin&to=Lisbon&date=2030-07-01";

    @Autowired
    private MockMvcTester http;

    @MockitoBean
    private SearchDesk desk;

    @Test
    void aTripIsAnswered() throws InterruptedException {
        Trip trip = new Trip(
                new Offer("flight", "Window", 129), new Offer("hotel", "View", 95), new Offer("weather", "Sun", 0));
        when(desk.trip(new Journey("Berlin", "Lisbon", LocalDate.of(2030, 7, 1))))
                .thenReturn(trip);

        assertThat(http.get().uri(GOOD)).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {
                  "flight": {"supplier": "flight", "description": "Window", "euros": 129},
                  "hotel": {"supplier": "hotel", "description": "View", "euros": 95},
                  "weather": {"supplier": "weather", "description": "Sun", "euros": 0}
                }""");
    }

    @Test
    void failedSuppliersAreABadGatewayThatNamesEach() throws InterruptedException {
        when(desk.trip(any()))
                .thenThrow(new TaskGroupException(
                        "trip",
                        List.of(
                                failure("hotel", "answered 503 SERVICE_UNAVAILABLE"),
                                failure("flight", "gave no answer"))));

        assertProblem(502, """
                {
                  "status": 502,
                  "title": "Bad Gateway",
                  "detail": "hotel answered 503 SERVICE_UNAVAILABLE; flight gave no answer",
                  "instance": "/api/trips",
                  "failed": [
                    {"supplier": "hotel", "reason": "answered 503 SERVICE_UNAVAILABLE"},
                    {"supplier": "flight", "reason": "gave no answer"}
                  ]
                }""");
    }

    @Test
    void thePassedDeadlineIsAGatewayTimeoutThatNamesTheUnfinished() throws InterruptedException {
        when(desk.trip(any()))
                .thenThrow(new TaskGroupTimeoutException("trip", Duration.ofSeconds(2), List.of("hotel"), List.of()));

        assertProblem(504, """
                {
                  "status": 504,
                  "title": "Gateway Timeout",
                  "detail": "No answer within 2000 ms: hotel",
                  "instance": "/api/trips",
                  "unfinished": ["hotel"]
                }""");
    }

    @Test
    void theSuppliersThatHadNotAnsweredAtTheDeadlineAreNamedToo() throws InterruptedException {
        TaskGroupTimeoutException late =
                new TaskGroupTimeoutException("trip", Duration.ofSeconds(2), List.of("flight", "hotel"), List.of());
        late.addSuppressed(new UnansweredException(List.of("air-one", "inn")));
        when(desk.trip(any())).thenThrow(late);

        assertProblem(504, """
                {
                  "status": 504,
                  "title": "Gateway Timeout",
                  "detail": "No answer within 2000 ms: flight, hotel; no answer from air-one, inn",
                  "instance": "/api/trips",
                  "unfinished": ["flight", "hotel"],
                  "suppliers": ["air-one", "inn"]
                }""");
    }

    @Test
    void aStoppedGroupIsServiceUnavailable() throws InterruptedException {
        CancelReason stopping = new CancelReason(CancelReason.Kind.SHUTDOWN, "shut down", Optional.empty());
        when(desk.trip(any())).thenThrow(new TaskGroupCancelledException("The desk is closing", stopping));

        assertProblem(503, """
                {
                  "status": 503,
                  "title": "Service Unavailable",
                  "detail": "The desk is closing",
                  "instance": "/api/trips"
                }""");
    }

    @Test
    void aBugInATaskIsNotBlamedOnASupplier() throws InterruptedException {
        TaskGroupException failed = new TaskGroupException(
                "trip",
                List.of(
                        failure("hotel", "answered 503"),
                        new TaskFailure("flight", new NullPointerException("a bug"))));
        when(desk.trip(any())).thenThrow(failed);

        assertThat(http.get().uri(GOOD)).hasFailed().failure().hasCause(failed);
    }

    @ParameterizedTest
    @CsvSource({
        "from, /api/trips?to=Lisbon&date=2030-07-01, must not be blank",
        "from, /api/trips?from=%20&to=Lisbon&date=2030-07-01, must not be blank",
        "to, /api/trips?from=Berlin&date=2030-07-01, must not be blank",
        "date, /api/trips?from=Berlin&to=Lisbon, must not be null",
        "date, /api/trips?from=Berlin&to=Lisbon&date=tomorrow, must be a date such as 2030-07-01",
        "date, /api/trips?from=Berlin&to=Lisbon&date=2030-02-30, must be a date such as 2030-07-01",
        "date, /api/trips?from=Berlin&to=Lisbon&date=%2B999999999-12-31, must be in a year from 1 to 9999",
        "date, /api/trips?from=Berlin&to=Lisbon&date=%2B57551-06-08, must be in a year from 1 to 9999",
        "date, /api/trips?from=Berlin&to=Lisbon&date=0000-12-31, must be in a year from 1 to 9999",
        "date, /api/trips?from=Berlin&to=Lisbon&date=-999999999-01-01, must be in a year from 1 to 9999",
        "from, /api/trips?from=Ber%00lin&to=Lisbon&date=2030-07-01, must not contain control characters",
        "to, /api/trips?from=Berlin&to=Lis%0Abon&date=2030-07-01, must not contain control characters",
        "date, /api/offers?from=Berlin&to=Lisbon&date=%2B57551-06-08, must be in a year from 1 to 9999",
        "from, /api/offers/fastest?from=%7F&to=Lisbon&date=2030-07-01, must not contain control characters",
    })
    void badInputIsABadRequestThatNamesTheParameter(String parameter, String uri, String reason) {
        MvcTestResult answer = http.get().uri(URI.create(uri)).exchange();

        assertThat(answer).hasStatus(400).hasContentType(APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"detail": "%1$s %2$s", "invalid": [{"parameter": "%1$s", "reason": "%2$s"}]}""".formatted(parameter, reason));
        verifyNoInteractions(desk);
    }

    @ParameterizedTest
    @ValueSource(strings = {"date=0001-01-01", "date=9999-12-31", "date=2030-07-01&from=Malm%C3%B6%20%F0%9F%9A%82"})
    void unusualInputIsGoodInput(String query) {
        String journey = query.contains("from") ? query : query + "&from=Berlin";

        assertThat(http.get().uri(URI.create("/api/trips?to=Lisbon&" + journey)))
                .hasStatusOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/trips", "/api/offers", "/api/offers/fastest", "/api/searches"})
    void anAnswerThatTheClientDoesNotTakeIsNotLookedFor(String path) {
        String journey = "?from=Berlin&to=Lisbon&date=2030-07-01";

        assertThat(http.get().uri(URI.create(path + journey)).accept(APPLICATION_XML))
                .hasStatus(406);
        verifyNoInteractions(desk);
    }

    private static TaskFailure failure(String supplier, String reason) {
        return new TaskFailure(supplier, new SupplierException(supplier, reason, new IOException()));
    }

    private void assertProblem(int status, String json) {
        MvcTestResult answer = http.get().uri(GOOD).exchange();
        assertThat(answer).hasStatus(status).hasContentType(APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().isStrictlyEqualTo(json);
    }
}
