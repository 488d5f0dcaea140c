package io.taskgroup.demo.live;

import static io.taskgroup.demo.Desk.FAILS;
import static io.taskgroup.demo.Desk.HANGS;
import static io.taskgroup.demo.Desk.JOURNEY;
import static io.taskgroup.demo.Desk.WELL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskgroup.TaskGroupFactory;
import io.taskgroup.demo.Desk;
import io.taskgroup.demo.TripDeskTest;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@TripDeskTest
class LiveOverHttpTest {
    private static final Predicate<String> CLOSED = line -> line.contains("\"GroupClosed\"");

    @LocalServerPort
    private int port;

    @Autowired
    private Desk desk;

    @Autowired
    private TaskGroupFactory groups;

    @AfterEach
    void allSuppliersAreWell() {
        desk.allSuppliers(WELL);
    }

    @Test
    void theStreamTellsTheStoryOfATripAndItsGroupEndsWhenTheClientLeaves() throws Exception {
        desk.allSuppliers(HANGS);
        desk.supplier("harbour-inn", FAILS);
        List<String> story = new ArrayList<>();

        HttpResponse<InputStream> stream = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/live"))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), UTF_8))) {
            assertThat(stream.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            assertThat(lines.readLine()).contains("\"type\":\"Counters\""); // it listens
            desk.get("/api/trips" + JOURNEY);
            String line = lines.readLine();
            while (line != null && story.stream().filter(CLOSED).count() < 3) { // the trip, its flights, its hotels
                story.add(line);
                line = lines.readLine();
            }
        }

        assertThat(story)
                .anyMatch(line -> line.contains("\"GroupOpened\"") && line.contains("\"name\":\"trip\""))
                .anyMatch(line -> line.contains("\"TaskEnded\"") && line.contains("\"state\":\"FAILED\""));
        await().untilAsserted(() -> assertThat(groups.snapshot()).isEmpty());
    }
}
