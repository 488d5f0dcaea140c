package io.taskgroup.demo;

import static org.springframework.http.MediaType.APPLICATION_JSON;

import io.taskgroup.demo.supplier.Kind;
import io.taskgroup.demo.supplier.SupplierDirectory;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.assertj.RestTestClientResponse;

/** What tests of the whole application do again and again. */
@TestComponent
@Lazy
public class Desk {
    public static final String JOURNEY = "?from=Berlin&to=Lisbon&date=2030-07-01";
    public static final String FAILS = "{\"failureRate\": 1, \"delayMillis\": 200}";
    public static final String HANGS = "{\"hangs\": true}";
    public static final String WELL = "{}";

    private final RestTestClient http;
    private final SupplierDirectory directory;

    Desk(RestTestClient http, SupplierDirectory directory) {
        this.http = http;
        this.directory = directory;
    }

    /** Returns the JSON of a booking from Berlin to Lisbon. */
    public static String bookingRequest(String requestKey, String flight, String hotel, String car) {
        return """
                {
                  "requestKey": "%s", "traveller": "Ada", "from": "Berlin", "to": "Lisbon", "date": "2030-07-01",
                  "flight": "%s", "hotel": "%s", "car": "%s"
                }""".formatted(requestKey, flight, hotel, car);
    }

    /** Returns how many reservations suppliers hold that belong to no booking. */
    public static long unbookedReservations(JdbcClient database) {
        return database.sql("""
                select count(*) from reservation r
                where not r.released and not exists (select 1 from booking b where b.reference = r.reference
                                                     and r.supplier in (b.flight, b.hotel, b.car))""").query(Long.class).single();
    }

    public RestTestClientResponse get(String uri) {
        return RestTestClientResponse.from(http.get().uri(uri).exchange());
    }

    public RestTestClientResponse post(String uri, String json) {
        return RestTestClientResponse.from(
                http.post().uri(uri).contentType(APPLICATION_JSON).body(json).exchange());
    }

    public void allSuppliers(String switches) {
        directory.all().forEach(supplier -> supplier(supplier, switches));
    }

    public void suppliers(Kind kind, String switches) {
        directory.sellersOf(kind).forEach(supplier -> supplier(supplier, switches));
    }

    public void supplier(String supplier, String switches) {
        http.put()
                .uri("/api/suppliers/" + supplier)
                .contentType(APPLICATION_JSON)
                .body(switches)
                .exchangeSuccessfully();
    }
}
