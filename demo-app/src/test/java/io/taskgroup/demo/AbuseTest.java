package io.taskgroup.demo;

import static io.taskgroup.demo.Desk.unbookedReservations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.demo.supplier.SupplierDirectory;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 2 000 requests of all kinds, while suppliers break, hang and recover at random. */
@SpringBootTest(
        webEnvironment = RANDOM_PORT,
        properties = {
            "demo.tutorial.step=5ms",
            "demo.booking.forgotten-after=2s",
            "demo.booking.look-every=500ms",
            "taskgroup.groups.trip.timeout=300ms",
            "taskgroup.groups.offers.timeout=150ms",
            "taskgroup.groups.fastest.timeout=300ms",
            "taskgroup.groups.booking.timeout=300ms",
            "spring.mvc.async.request-timeout=1s",
            "logging.level.io.taskgroup.demo.observability=warn",
            "server.shutdown=immediate"
        })
@Timeout(180)
class AbuseTest {
    private static final int REQUESTS = 2_000;
    private static final int CLIENTS = 32;
    private static final long SEED = 20_300_701;

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private TaskGroupFactory groups;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private SupplierDirectory directory;

    @Autowired
    private JdbcClient database;

    @Test
    void nothingIsLeftBehindAndNothingIsAnInternalError() throws InterruptedException {
        Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
        abuse(0, REQUESTS / 4, statuses);
        int threadsAfterAQuarter = threads();

        abuse(REQUESTS / 4, REQUESTS, statuses);

        assertThat(statuses.keySet()).contains(200, 201, 400, 404, 502, 504).doesNotContain(500);
        // a cancelled release is done later
        await().untilAsserted(() -> assertThat(unbookedReservations(database)).isZero());
        await().untilAsserted(() -> assertThat(groups.snapshot()).isEmpty());
        assertThat(live("taskgroup.tasks.active")).isZero();
        assertThat(live("taskgroup.tasks.pending")).isZero();
        assertThat(live("taskgroup.groups.active")).isZero();
        assertThat(live("taskgroup.stragglers")).isZero();
        assertThat(threads()).isLessThan(threadsAfterAQuarter + 2 * CLIENTS); // idle ones are kept for a minute
        await().until(() -> threadsInTheCodeOfTheDesk().isEmpty());
    }

    private void abuse(int from, int to, Map<Integer, Integer> statuses) throws InterruptedException {
        TaskGroupOptions someAtOnce = TaskGroupOptions.named("clients").withMaxConcurrency(CLIENTS);
        try (TaskGroupFactory clients = TaskGroupFactory.create()) {
            clients.map(someAtOnce, IntStream.range(from, to).boxed().toList(), number -> {
                int status = send(number, new Random(SEED + number));
                return statuses.merge(status, 1, Integer::sum);
            });
        }
    }

    private int send(int number, Random random) throws Exception {
        String journey = "?from=Berlin&to=Lisbon&date=" + (random.nextInt(20) == 0 ? "never" : "2030-07-01");
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> status(get("/api/trips" + journey));
            case 3, 4 -> status(get("/api/offers" + journey));
            case 5, 6 -> status(get("/api/offers/fastest" + journey));
            case 7, 8, 9 -> status(booking(number, random));
            case 10, 11, 12 -> status(breakage(random));
            case 13 -> status(get(random.nextBoolean() ? "/api/tutorial/failure" : "/api/suppliers/train"));
            case 14 -> cancelAnyGroup();
            default -> lookAndLeave();
        };
    }

    private HttpRequest.Builder booking(int number, Random random) {
        String car = random.nextInt(10) == 0 ? "train" : "city-cars";
        String request = Desk.bookingRequest(String.valueOf(number / 2), "bluewing", "harbour-inn", car);
        return json("/api/bookings").POST(BodyPublishers.ofString(request));
    }

    /** Half of the time a supplier recovers; else it fails at times, is slow, hangs, or the switches are nonsense. */
    private HttpRequest.Builder breakage(Random random) {
        List<String> all = directory.all();
        String switches = switch (random.nextInt(8)) {
            case 0 -> "{\"failureRate\": 0.5}";
            case 1 -> "{\"delayMillis\": 200, \"jitterMillis\": 200}";
            case 2 -> "{\"hangs\": true}";
            case 3 -> "{\"failureRate\": 7}";
            default -> "{\"jitterMillis\": 20}";
        };
        return json("/api/suppliers/" + all.get(random.nextInt(all.size()))).PUT(BodyPublishers.ofString(switches));
    }

    private int cancelAnyGroup() throws Exception {
        long id = groups.snapshot().stream().findAny().map(group -> group.id()).orElse(0L);
        int status = status(request("/actuator/taskgroups/" + id).DELETE());
        assertThat(status).isIn(204, 404);
        return status;
    }

    private int lookAndLeave() throws Exception {
        HttpResponse<InputStream> live = http.send(get("/api/live").build(), BodyHandlers.ofInputStream());
        try (InputStream events = live.body()) {
            assertThat(events.read()).isIn((int) 'd', -1); // -1 if it was the group that another client cancelled
        }
        return live.statusCode();
    }

    private int status(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private HttpRequest.Builder get(String path) {
        return request(path).GET();
    }

    private HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private double live(String gauge) {
        return meters.find(gauge).gauges().stream().mapToDouble(Gauge::value).sum();
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Platform threads only; tasks on virtual ones would be in the live tree. */
    private static List<String> threadsInTheCodeOfTheDesk() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Stream.of(thread.getValue()).anyMatch(frame -> isOfTheDesk(frame.getClassName())))
                .map(thread -> thread.getKey().getName())
                .toList();
    }

    private static boolean isOfTheDesk(String className) {
        return className.startsWith(DemoApplication.class.getPackageName())
                && !className.startsWith(AbuseTest.class.getName());
    }
}
