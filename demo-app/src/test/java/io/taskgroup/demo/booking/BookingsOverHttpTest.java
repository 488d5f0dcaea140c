package io.taskgroup.demo.booking;

import static io.taskgroup.demo.Desk.FAILS;
import static io.taskgroup.demo.Desk.HANGS;
import static io.taskgroup.demo.Desk.WELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;
import static org.springframework.http.MediaType.APPLICATION_XML;

import io.taskgroup.demo.Desk;
import io.taskgroup.demo.TripDeskTest;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.assertj.RestTestClientResponse;

@TripDeskTest
class BookingsOverHttpTest {
    private final String key = UUID.randomUUID().toString();

    @Autowired
    private Desk desk;

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcClient database;

    private long bookingsBefore;
    private long heldBefore;

    @BeforeEach
    void allSuppliersAreWell() {
        desk.allSuppliers(WELL);
        bookingsBefore = bookings();
        heldBefore = held();
    }

    @Test
    void aBookingIsStoredWithItsThreeReservations() {
        RestTestClientResponse answer = desk.post("/api/bookings", request("bluewing", "grand-hotel", "city-cars"));

        assertThat(answer).hasStatus(201);
        String location = answer.getExchangeResult().getResponseHeaders().getFirst("Location");
        assertThat(desk.get(location)).hasStatus(200).bodyJson().isLenientlyEqualTo("""
                {"traveller": "Ada", "flight": "bluewing", "hotel": "grand-hotel", "car": "city-cars"}""");
        assertBooked(1);
    }

    @Test
    void aRequestThatIsSentAgainIsTheSameBooking() {
        String request = request("bluewing", "grand-hotel", "city-cars");

        RestTestClientResponse first = desk.post("/api/bookings", request);
        RestTestClientResponse second = desk.post("/api/bookings", request);

        assertThat(second.getExchangeResult().getResponseHeaders().getLocation())
                .isEqualTo(first.getExchangeResult().getResponseHeaders().getLocation());
        assertBooked(1);
    }

    @Test
    void whenASupplierFailsTheReservationsOfTheOthersAreReleased() {
        desk.supplier("city-cars", FAILS);

        RestTestClientResponse answer = desk.post("/api/bookings", request("bluewing", "grand-hotel", "city-cars"));

        assertThat(answer).hasStatus(502).hasContentType(APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.failed[0].supplier").isEqualTo("city-cars");
        assertBooked(0);
    }

    @Test
    void aReservationWhoseAnswerNeverCameIsReleasedToo() {
        desk.supplier("grand-hotel", HANGS); // it has reserved, and does not say so

        RestTestClientResponse answer = desk.post("/api/bookings", request("bluewing", "grand-hotel", "city-cars"));

        assertThat(answer).hasStatus(504).hasContentType(APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().isLenientlyEqualTo("{\"unfinished\": [\"grand-hotel\"]}");
        assertBooked(0);
    }

    @ParameterizedTest
    @CsvSource({"train, grand-hotel, city-cars", "bluewing, city-cars, city-cars", "bluewing, grand-hotel, cirrus"})
    void aSupplierThatDoesNotSellThatIsNotFoundAndNothingIsReserved(String flight, String hotel, String car) {
        RestTestClientResponse answer = desk.post("/api/bookings", request(flight, hotel, car));

        assertThat(answer).hasStatus(404).hasContentType(APPLICATION_PROBLEM_JSON);
        assertBooked(0);
    }

    @Test
    void badInputIsABadRequestThatNamesEveryParameter() {
        RestTestClientResponse answer = desk.post("/api/bookings", """
                {"requestKey": "k", "traveller": " ", "from": "Berlin", "to": "Lisbon", "flight": "bluewing"}""");

        assertThat(answer).hasStatus(400).hasContentType(APPLICATION_PROBLEM_JSON);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.invalid[*].parameter")
                .asArray()
                .containsExactly("car", "date", "hotel", "traveller");
        assertBooked(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20300701",
                "[2030, 7, 1]",
                "\"2030-07-01T10:00:00\"",
                "\"+999999999-12-31\"",
                "\"-999999999-01-01\"",
                "\"soon\"",
                "\"\"",
                "true",
                "null"
            })
    void whatIsNoDateOfAJourneyIsABadRequestThatNamesIt(String date) {
        RestTestClientResponse answer = desk.post(
                "/api/bookings", request("bluewing", "grand-hotel", "city-cars").replace("\"2030-07-01\"", date));

        assertThat(answer).hasStatus(400).hasContentType(APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.invalid[0].parameter").isEqualTo("date");
        assertBooked(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\n", "\\u0085", "\\ud800"})
    void aControlCharacterIsABadRequestThatNamesTheParameter(String character) {
        RestTestClientResponse answer = desk.post(
                "/api/bookings", request("bluewing", "grand-hotel", "city-cars").replace(key, key + character));

        assertThat(answer).hasStatus(400).hasContentType(APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"invalid": [{"parameter": "requestKey", "reason": "must not contain control characters"}]}""");
        assertBooked(0);
    }

    @Test
    void aMisspeltParameterIsABadRequestThatNamesIt() {
        RestTestClientResponse answer = desk.post(
                "/api/bookings",
                request("bluewing", "grand-hotel", "city-cars").replace("\"traveller\"", "\"traveler\""));

        assertThat(answer)
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.invalid[0].parameter")
                .isEqualTo("traveler");
        assertBooked(0);
    }

    @Test
    void anAnswerThatTheClientDoesNotTakeIsRefusedBeforeAnythingIsReserved() {
        RestTestClientResponse answer = RestTestClientResponse.from(http.post()
                .uri("/api/bookings")
                .contentType(APPLICATION_JSON)
                .accept(APPLICATION_XML)
                .body(request("bluewing", "grand-hotel", "city-cars"))
                .exchange());

        assertThat(answer).hasStatus(406);
        assertBooked(0);
    }

    private String request(String flight, String hotel, String car) {
        return Desk.bookingRequest(key, flight, hotel, car);
    }

    private void assertBooked(int more) {
        assertThat(bookings() - bookingsBefore).isEqualTo(more);
        assertThat(held() - heldBefore).isEqualTo(3 * more);
    }

    private long bookings() {
        return count("select count(*) from booking");
    }

    private long held() {
        return count("select count(*) from reservation where not released");
    }

    private long count(String sql) {
        return database.sql(sql).query(Long.class).single();
    }
}
