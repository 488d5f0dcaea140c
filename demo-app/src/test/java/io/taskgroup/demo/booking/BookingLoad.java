package io.taskgroup.demo.booking;

import static io.taskgroup.demo.Desk.FAILS;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskgroup.TaskGroupFactory;
import io.taskgroup.demo.Desk;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/**
 * 200 bookings at once, many of them sent twice, while suppliers fail at random. What must hold in the end is asked
 * of the database. The deadline is long: on a busy machine, too, every booking is decided by its suppliers.
 */
@TestPropertySource(properties = "taskgroup.groups.booking.timeout=60s")
abstract class BookingLoad {
    private static final int CLIENTS = 200;

    @LocalServerPort
    private int port;

    @Autowired
    private Desk desk;

    @Autowired
    private JdbcClient database;

    @Test
    void noReservationIsLeftWithoutABookingAndNothingIsBookedTwice() throws InterruptedException {
        desk.allSuppliers("{\"jitterMillis\": 50}");
        desk.supplier("bluewing", "{\"jitterMillis\": 50, \"failureRate\": 0.3}");
        desk.supplier("harbour-inn", "{\"jitterMillis\": 50, \"failureRate\": 0.3}");
        desk.supplier("coast-cars", FAILS);

        List<Told> told = bookAllAtOnce();

        assertThat(told)
                .extracting(Told::status)
                .hasSize(CLIENTS)
                .isSubsetOf(201, 502)
                .contains(201, 502);
        assertThat(count("select count(*) from booking")).isPositive();
        assertThat(count("select count(distinct request_key) from booking"))
                .as("no booking twice")
                .isEqualTo(count("select count(*) from booking"));
        assertThat(Desk.unbookedReservations(database))
                .as("reservations without a booking")
                .isZero();
        assertThat(count("select count(*) from reservation where not released"))
                .as("three reservations a booking")
                .isEqualTo(3 * count("select count(*) from booking"));
        assertThat(count("select count(*) from booking where car = 'coast-cars'"))
                .as("bookings of a supplier that has always failed")
                .isZero();
    }

    @Test
    void whatClientsWereToldIsWhatIsStored() throws InterruptedException {
        desk.allSuppliers("{\"jitterMillis\": 50}");
        desk.supplier("cirrus", "{\"jitterMillis\": 50, \"failureRate\": 0.3}");

        List<Told> told = bookAllAtOnce();

        Set<String> booked = told.stream()
                .filter(answer -> answer.status() == 201)
                .map(Told::requestKey)
                .collect(toSet());
        assertThat(database.sql("select request_key from booking where request_key like ?")
                        .param(told.get(0).requestKey().replaceFirst("-.*", "-%"))
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(booked);
    }

    private List<Told> bookAllAtOnce() throws InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        CountDownLatch allAreReady = new CountDownLatch(CLIENTS);
        String run = String.valueOf(System.nanoTime());
        try (TaskGroupFactory clients = TaskGroupFactory.create()) {
            return clients.map("clients", IntStream.range(0, CLIENTS).boxed().toList(), client -> {
                String requestKey = run + "-" + sharedKey(client);
                HttpRequest request = request(requestKey, client);
                allAreReady.countDown();
                allAreReady.await();
                return new Told(
                        requestKey,
                        http.send(request, BodyHandlers.discarding()).statusCode());
            });
        }
    }

    /** What a client was answered. */
    private record Told(String requestKey, int status) {}

    /** Every fourth client sends the request of its neighbour again, at the same time. */
    private static int sharedKey(int client) {
        return client % 4 == 1 ? client - 1 : client;
    }

    private HttpRequest request(String key, int client) {
        String json = Desk.bookingRequest(
                key,
                client % 3 == 0 ? "bluewing" : "cirrus",
                client % 5 == 0 ? "harbour-inn" : "grand-hotel",
                client % 10 == 7 ? "coast-cars" : "city-cars");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/bookings"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    private long count(String sql) {
        return database.sql(sql).query(Long.class).single();
    }
}
