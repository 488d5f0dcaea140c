package io.taskgroup.demo;

import static io.taskgroup.demo.Desk.FAILS;
import static io.taskgroup.demo.Desk.HANGS;
import static io.taskgroup.demo.Desk.JOURNEY;
import static io.taskgroup.demo.Desk.WELL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;
import static org.springframework.http.MediaType.TEXT_HTML;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.demo.supplier.Kind;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.assertj.RestTestClientResponse;

@TripDeskTest
class DemoApplicationTest {
    @Autowired
    private Desk desk;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private TaskGroupFactory groups;

    @BeforeEach
    void allSuppliersAreWell() {
        desk.allSuppliers(WELL);
    }

    @Test
    void aTripIsTheCheapestFlightTheCheapestHotelAndTheWeather() {
        assertThat(desk.get("/api/trips" + JOURNEY)).hasStatus(200).bodyJson().isLenientlyEqualTo("""
                {
                  "flight": {"supplier": "aurora-air", "euros": 129},
                  "hotel": {"supplier": "harbour-inn", "euros": 95},
                  "weather": {"supplier": "weather-office"}
                }""");
    }

    @Test
    void aBrokenSupplierIsNamedAndTheHangingOnesAreNotWaitedFor() {
        desk.allSuppliers(HANGS); // alone they would make it a 504
        desk.supplier("harbour-inn", FAILS);
        double cancelledBefore = cancelledTasks("flights", "parent-cancelled");

        RestTestClientResponse answer = desk.get("/api/trips" + JOURNEY);

        assertThat(answer).hasStatus(502).hasContentType(APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"failed": [{"supplier": "harbour-inn", "reason": "answered 503 SERVICE_UNAVAILABLE"}]}""");
        assertThat(cancelledTasks("flights", "parent-cancelled")).isEqualTo(cancelledBefore + 3);
        assertThat(groups.snapshot()).isEmpty();
    }

    @Test
    void whatIsUnfinishedAtTheDeadlineIsNamedAndWhoHasNotAnswered() {
        desk.supplier("weather-office", HANGS);
        desk.supplier("bluewing", HANGS);
        double cancelledBefore = cancelledTasks("trip", "timeout");

        RestTestClientResponse answer = desk.get("/api/trips" + JOURNEY);

        assertThat(answer).hasStatus(504).hasContentType(APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"unfinished": ["flight", "weather"], "suppliers": ["bluewing", "weather-office"]}""");
        assertThat(cancelledTasks("trip", "timeout")).isEqualTo(cancelledBefore + 2);
    }

    @Test
    void offersComeWithoutThoseThatFailedAndThoseThatWereLate() {
        desk.suppliers(Kind.FLIGHT, HANGS);
        desk.supplier("grand-hotel", FAILS);

        assertThat(desk.get("/api/offers" + JOURNEY)).hasStatus(200).bodyJson().isLenientlyEqualTo("""
                {
                  "offers": [
                    {"supplier": "weather-office"}, {"supplier": "city-cars"},
                    {"supplier": "harbour-inn"}, {"supplier": "coast-cars"}
                  ],
                  "failed": [{"supplier": "grand-hotel", "reason": "answered 503 SERVICE_UNAVAILABLE"}],
                  "late": ["aurora-air", "bluewing", "cirrus"]
                }""");
    }

    @Test
    void theFastestFlightWinsAndTheOthersAreCancelled() {
        desk.suppliers(Kind.FLIGHT, HANGS);
        desk.supplier("cirrus", WELL);
        double cancelledBefore = cancelledTasks("fastest", "decided");

        assertThat(desk.get("/api/offers/fastest" + JOURNEY))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.supplier")
                .isEqualTo("cirrus");
        assertThat(cancelledTasks("fastest", "decided")).isEqualTo(cancelledBefore + 2);
    }

    @Test
    void aRaceThatNobodyWinsNamesEverySupplier() {
        desk.suppliers(Kind.FLIGHT, FAILS);

        RestTestClientResponse answer = desk.get("/api/offers/fastest" + JOURNEY);

        assertThat(answer).hasStatus(502).hasContentType(APPLICATION_PROBLEM_JSON);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.failed[*].supplier")
                .asArray()
                .containsExactlyInAnyOrder("aurora-air", "bluewing", "cirrus");
    }

    @Test
    void aSearchIsStoredWithItsOutcome() {
        desk.supplier("grand-hotel", FAILS);
        desk.get("/api/trips" + JOURNEY);
        desk.get("/api/offers" + JOURNEY);

        assertThat(desk.get("/api/searches")).bodyJson().satisfies(searches -> {
            assertThat(searches).extractingPath("$[0].question").isEqualTo("OFFERS");
            assertThat(searches).extractingPath("$[0].outcome").isEqualTo("ANSWERED");
            assertThat(searches).extractingPath("$[1].question").isEqualTo("TRIP");
            assertThat(searches).extractingPath("$[1].outcome").isEqualTo("FAILED");
            assertThat(searches).extractingPath("$[1].destination").isEqualTo("Lisbon");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/trips", "/api/offers", "/api/offers/fastest"})
    void badInputIsABadRequestThatNamesTheParameterAndNothingIsStartedOrStored(String uri) {
        double forkedBefore = forkedTasks();
        String searchesBefore = body(desk.get("/api/searches"));

        RestTestClientResponse answer = desk.get(uri + "?from=Berlin&to=Lisbon&date=soon");

        assertThat(answer).hasStatus(400).hasContentType(APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.invalid[0].parameter").isEqualTo("date");
        assertThat(forkedTasks()).isEqualTo(forkedBefore);
        assertThat(body(desk.get("/api/searches"))).isEqualTo(searchesBefore);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/suppliers/train/offers" + JOURNEY,
                "/api/suppliers/train",
                "/api/bookings/999999",
                "/api/tutorial/unknown"
            })
    void whatDoesNotExistIsNotFound(String uri) {
        assertThat(desk.get(uri)).hasStatus(404).hasContentType(APPLICATION_PROBLEM_JSON);
    }

    @Test
    void theTutorialAnswersWithWhatHappened() {
        assertThat(desk.get("/api/tutorial/basic")).bodyJson().isLenientlyEqualTo("""
                {"outcome": "SUCCEEDED", "tasks": {"quick": "SUCCEEDED", "slow": "SUCCEEDED"}}""");
        assertThat(desk.get("/api/tutorial/failure")).hasStatus(200).bodyJson().isLenientlyEqualTo("""
                {"outcome": "FAILED", "tasks": {"failing": "FAILED", "sibling": "CANCELLED"}}""");
        assertThat(desk.get("/api/tutorial/results"))
                .bodyJson()
                .extractingPath("$.results")
                .asArray()
                .containsExactlyInAnyOrder(1, 4, 9, 16, 25);
    }

    @Test
    void thePageIsServedWithItsParts() {
        assertThat(desk.get("/"))
                .hasStatus(200)
                .hasContentTypeCompatibleWith(TEXT_HTML)
                .bodyText()
                .contains("js/app.js");
        assertThat(List.of("/style.css", "/icon.svg", "/vendor/uplot/uPlot.esm.js", "/vendor/uplot/LICENSE"))
                .allSatisfy(part -> assertThat(desk.get(part)).hasStatus(200));
    }

    @Test
    void theApiIsDescribedOnAPageOfItsOwn() {
        assertThat(desk.get("/swagger-ui/index.html")).hasStatus(200).hasContentTypeCompatibleWith(TEXT_HTML);
        assertThat(desk.get("/v3/api-docs"))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.paths")
                .asMap()
                .containsKeys(
                        "/api/trips",
                        "/api/offers",
                        "/api/offers/fastest",
                        "/api/bookings",
                        "/api/live",
                        "/api/suppliers/{supplier}",
                        "/api/tutorial/failure");
    }

    @Test
    void theApiPageSaysHowBadInputIsAnswered() {
        assertThat(desk.get("/v3/api-docs")).bodyJson().satisfies(api -> {
            assertThat(api)
                    .extractingPath("$.paths['/api/trips'].get.responses")
                    .asMap()
                    .containsOnlyKeys("200", "400", "502", "504");
            assertThat(api)
                    .extractingPath("$.paths['/api/offers'].get.responses")
                    .asMap()
                    .containsOnlyKeys("200", "400");
            assertThat(api)
                    .extractingPath("$.paths['/api/bookings'].post.responses")
                    .asMap()
                    .containsOnlyKeys("201", "400", "404", "502", "504");
            assertThat(api)
                    .extractingPath("$.paths['/api/suppliers/{supplier}'].put.responses")
                    .asMap()
                    .containsOnlyKeys("200", "400", "404");
        });
    }

    private static String body(RestTestClientResponse answer) {
        return new String(answer.getExchangeResult().getResponseBodyContent(), UTF_8);
    }

    private double forkedTasks() {
        return meters.find("taskgroup.tasks.forked").counters().stream()
                .filter(counter -> !"live".equals(counter.getId().getTag("group")))
                .mapToDouble(Counter::count)
                .sum();
    }

    private double cancelledTasks(String group, String reason) {
        Counter counter = meters.find("taskgroup.tasks.cancelled")
                .tags("group", group, "reason", reason)
                .counter();
        return counter == null ? 0 : counter.count();
    }
}
