package io.taskgroup.demo;

import static io.taskgroup.demo.Desk.HANGS;
import static io.taskgroup.demo.Desk.JOURNEY;
import static io.taskgroup.demo.Desk.WELL;
import static io.taskgroup.demo.Desk.unbookedReservations;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskgroup.TaskGroupFactory;
import io.taskgroup.demo.supplier.SupplierDirectory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/**
 * Clients that ask again as soon as they are answered, while all suppliers fail at times, and one after the other
 * hangs. For more of it: {@code -Dtaskgroup.load.clients=50 -Dtaskgroup.load.seconds=20}.
 */
@TripDeskTest
@TestPropertySource(
        properties = {
            "taskgroup.groups.trip.timeout=1s",
            "taskgroup.groups.booking.timeout=1s",
            "demo.booking.forgotten-after=5s",
            "demo.booking.look-every=500ms",
            "logging.level.io.taskgroup.demo.observability=warn"
        })
class DeskLoadTest {
    private static final int CLIENTS = Integer.getInteger("taskgroup.load.clients", 10);
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("taskgroup.load.seconds", 1));
    private static final Duration WARM_UP = LENGTH.dividedBy(3);
    private static final String FAILS_AT_TIMES = "{\"delayMillis\": 20, \"jitterMillis\": 50, \"failureRate\": 0.02}";

    private static int threadsAtRest;

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private Desk desk;

    @Autowired
    private TaskGroupFactory groups;

    @Autowired
    private SupplierDirectory directory;

    @Autowired
    private JdbcClient database;

    /** What a client was told, and how long that took. */
    private record Answer(int status, long nanos) {}

    private record Footprint(int threads, double heapMegabytes) {
        static Footprint now() {
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            return new Footprint(liveThreads(), heap / 1e6);
        }
    }

    @BeforeAll
    static void countThreads() {
        threadsAtRest = liveThreads();
    }

    @Test
    void nothingIsLeftWhenTheLoadEndsAndTheDeskAnswersAsBefore() throws InterruptedException {
        desk.allSuppliers(FAILS_AT_TIMES);
        load(WARM_UP);
        Footprint before = Footprint.now();

        List<Answer> answers = load(LENGTH);

        report(answers, before, Footprint.now());
        assertThat(answers).extracting(Answer::status).contains(504).isSubsetOf(200, 201, 502, 504);
        // the last ones are being released
        await().untilAsserted(() -> assertThat(unbookedReservations(database)).isZero());
        await().untilAsserted(() -> assertThat(groups.snapshot()).isEmpty());
        desk.allSuppliers(WELL);
        await().untilAsserted(() -> assertThat(ask(search()).status()).isEqualTo(200));
    }

    @Test
    @EnabledIfSystemProperty(named = "taskgroup.load.seconds", matches = "\\d+")
    void theThreadsAreGoneWhenTheIdleOnesWereKeptForTheirMinute() throws InterruptedException {
        desk.allSuppliers(FAILS_AT_TIMES);

        load(LENGTH);

        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(liveThreads()).isLessThan(threadsAtRest + CLIENTS));
        System.out.println("When idle threads have gone: " + Footprint.now());
    }

    private List<Answer> load(Duration length) throws InterruptedException {
        desk.supplier(directory.all().get(0), HANGS); // every client's first search meets one that hangs
        long end = System.nanoTime() + length.toNanos();
        try (TaskGroupFactory clients = TaskGroupFactory.create()) {
            return clients
                    .map("clients", IntStream.range(0, CLIENTS).boxed().toList(), client -> {
                        return client == 0 ? hangOneAfterTheOther(end) : searchAndBook(end);
                    })
                    .stream()
                    .flatMap(List::stream)
                    .toList();
        }
    }

    /** A supplier hangs for as long as a search takes, then none hangs for as many searches as there are suppliers. */
    private List<Answer> hangOneAfterTheOther(long end) throws IOException, InterruptedException {
        List<String> suppliers = directory.all();
        List<Answer> answers = new ArrayList<>();
        for (int turn = 0; System.nanoTime() < end; turn++) {
            String supplier = suppliers.get(turn % suppliers.size());
            desk.supplier(supplier, HANGS);
            answers.add(ask(search()));
            desk.supplier(supplier, FAILS_AT_TIMES);
            for (int i = 0; i < suppliers.size(); i++) {
                answers.add(ask(search()));
            }
        }
        return answers;
    }

    private List<Answer> searchAndBook(long end) throws IOException, InterruptedException {
        List<Answer> answers = new ArrayList<>();
        while (System.nanoTime() < end) {
            answers.add(ask(answers.size() % 5 == 4 ? booking() : search()));
        }
        return answers;
    }

    private Answer ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
        return new Answer(status, System.nanoTime() - start);
    }

    private HttpRequest.Builder search() {
        return request("/api/trips" + JOURNEY).GET();
    }

    private HttpRequest.Builder booking() {
        String requestKey = UUID.randomUUID().toString();
        return request("/api/bookings")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Desk.bookingRequest(requestKey, "bluewing", "harbour-inn", "city-cars")));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static void report(List<Answer> answers, Footprint before, Footprint after) {
        long[] nanos = answers.stream().mapToLong(Answer::nanos).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "JDK %d, %d clients, %d s: %,d answers, %.0f/s, statuses %s; ms: 50 %% %d, 90 %% %d, 99 %% %d, max %d; "
                        + "heap %.1f -> %.1f MB, threads %d -> %d; load average %.1f%n",
                Runtime.version().feature(),
                CLIENTS,
                LENGTH.toSeconds(),
                nanos.length,
                (double) nanos.length / LENGTH.toSeconds(),
                answers.stream().collect(groupingBy(Answer::status, TreeMap::new, summingInt(answer -> 1))),
                millis(nanos, 0.5),
                millis(nanos, 0.9),
                millis(nanos, 0.99),
                millis(nanos, 1),
                before.heapMegabytes(),
                after.heapMegabytes(),
                before.threads(),
                after.threads(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static long millis(long[] sortedNanos, double share) {
        int rank = (int) Math.ceil(share * sortedNanos.length);
        return Duration.ofNanos(sortedNanos[rank - 1]).toMillis();
    }

    private static int liveThreads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }
}
