package io.taskgroup.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.taskgroup.TaskGroupFactory;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole web application, over HTTP. All tests share one, as requests do. */
@Timeout(120)
class WebApplicationTest {
    private static final String TEXT = "text/plain";
    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open(
                "--management.endpoint.taskgroups.access=unrestricted",
                "--management.endpoint.taskgroups.show-values=when-authorized",
                "--management.endpoint.taskgroups.roles=OPERATOR",
                "--management.endpoint.health.show-details=always",
                "--management.health.taskgroups.enabled=true",
                "--taskgroup.observations.tasks=true",
                "--taskgroup.shutdown.grace-period=0s");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void tasks_see_their_own_request_and_nothing_of_another_however_many_there_are() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> requests = new ArrayList<>();
            for (int i = 0; i < 90; i++) {
                int number = i;
                requests.add(clients.submit(() -> {
                    requestContext(number);
                    return null;
                }));
            }
            for (Future<?> request : requests) {
                request.get();
            }
        } finally {
            clients.shutdownNow();
        }

        List<Map<String, String>> seenOutsideOfRequests = shop.context
                .getBean(TaskGroupFactory.class)
                .map("context", List.of(1, 2, 3, 4, 5, 6, 7, 8), number -> ContextController.sight());
        assertThat(seenOutsideOfRequests)
                .containsOnly(
                        Map.of("query", "null", "user", "null", "number", "null", "litter", "null", "locale", "null"));
    }

    /** One in three without user, number and locale: what would leak from another shows there. */
    private static void requestContext(int number) throws Exception {
        boolean isBare = number % 3 == 0;
        String user = number % 2 == 0 ? "alice" : "bob";
        String language = number % 2 == 0 ? "fr" : "sv";
        HttpResponse<String> response = isBare
                ? shop.get("/context?id=" + number, "Accept-Language", "en")
                : shop.get(
                        "/context?id=" + number,
                        with(Shop.as(user), "Request-Number", "r" + number, "Accept-Language", language));

        assertThat(response.statusCode()).isEqualTo(200);
        List<Map<String, String>> seen = JsonPath.read(response.body(), "$");
        assertThat(seen)
                .hasSize(4)
                .containsOnly(Map.of(
                        "query", "id=" + number,
                        "user", isBare ? "anonymousUser" : user,
                        "number", isBare ? "null" : "r" + number,
                        "litter", "null",
                        "locale", isBare ? "en" : language));
    }

    private static String[] with(String[] headers, String... more) {
        return Stream.of(headers, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void log_lines_and_calls_of_tasks_carry_the_trace_of_the_request_and_spans_have_the_right_parents()
            throws Exception {
        InMemorySpanExporter exported =
                shop.context.getBean(Shop.FinishedSpans.class).exporter();
        exported.reset();
        String callersTrace = "0af7651916cd43dd8448eb211c80319c";

        HttpResponse<String> response = shop.get(
                "/traced?remote=" + shop.url("/remote"), "traceparent", "00-" + callersTrace + "-b7ad6b7169203331-01");

        Map<String, String> seen = JsonPath.read(response.body(), "$");
        assertThat(seen).containsEntry("request", callersTrace).containsEntry("after", callersTrace);
        await() // the server ends its span when the client has the answer already
                .untilAsserted(() -> assertThat(names(exported.getFinishedSpanItems()))
                        .contains("http get /traced in nothing of ours"));
        List<SpanData> spans = exported.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(callersTrace))
                .toList();
        assertThat(names(spans))
                .contains(
                        "group page in http get /traced",
                        "task log in group page",
                        "task remote in group page",
                        "http get in task remote",
                        "http get /remote in http get");
        assertThat(seen.get("task"))
                .isEqualTo(callersTrace + " " + span(spans, "task log").getSpanId());
        assertThat(seen.get("remote"))
                .isEqualTo("00-" + callersTrace + "-" + span(spans, "http get").getSpanId() + "-01");
    }

    private static List<String> names(Collection<SpanData> spans) {
        Map<String, String> names = spans.stream().collect(Collectors.toMap(SpanData::getSpanId, SpanData::getName));
        return spans.stream()
                .map(span -> span.getName() + " in " + names.getOrDefault(span.getParentSpanId(), "nothing of ours"))
                .toList();
    }

    private static SpanData span(Collection<SpanData> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findAny()
                .orElseThrow();
    }

    @Test
    void a_hanging_request_is_shown_and_when_it_is_cancelled_it_gets_its_answer() throws Exception {
        CompletableFuture<HttpResponse<String>> hanging = shop.getLater("/hang");
        shop.context.getBean(HangingController.class).hanging.acquire();

        HttpResponse<String> shown = shop.get("/actuator/taskgroups");
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(JsonPath.<List<String>>read(shown.body(), "$.groups[*].name"))
                .containsExactly("page");
        assertThat(JsonPath.<List<String>>read(shown.body(), "$.groups[0].tasks[*].name"))
                .containsExactly("offers");
        assertThat(JsonPath.<List<String>>read(shown.body(), "$.groups[0].tasks[0].groups[0].tasks[*].name"))
                .containsExactly("slow");
        assertThat(shown.body()).doesNotContain("HangingController");
        int id = JsonPath.read(shown.body(), "$.groups[0].id");
        int inner = JsonPath.read(shown.body(), "$.groups[0].tasks[0].groups[0].id");

        HttpResponse<String> one = shop.get("/actuator/taskgroups/" + inner);
        assertThat(JsonPath.<List<String>>read(one.body(), "$.tasks[0].stack"))
                .anyMatch(frame -> frame.contains("HangingController.answer"));

        HttpResponse<String> text = shop.get("/actuator/taskgroups", "Accept", TEXT);
        assertThat(text.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith(TEXT));
        assertThat(text.body()).containsSubsequence("group page #" + id, "task offers", "group suppliers", "task slow");
        assertThat(shop.get("/actuator/taskgroups/" + inner, "Accept", TEXT).body())
                .startsWith("group suppliers #" + inner);

        assertThat(shop.delete("/actuator/taskgroups/" + id).statusCode()).isEqualTo(401);
        assertThat(shop.delete("/actuator/taskgroups/" + id, Shop.as("alice")).statusCode())
                .isEqualTo(403);
        assertThat(hanging).isNotDone();
        assertThat(shop.delete("/actuator/taskgroups/" + id, Shop.as("olga")).statusCode())
                .isEqualTo(204);

        HttpResponse<String> answer = hanging.get();
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("cancelled by an operator");
        assertThat(shop.delete("/actuator/taskgroups/" + id, Shop.as("olga")).statusCode())
                .isEqualTo(404);
        assertThat(JsonPath.<List<?>>read(shop.get("/actuator/taskgroups").body(), "$.groups"))
                .isEmpty();
    }

    @Test
    void what_is_not_open_or_no_number_is_not_found_or_a_bad_request() throws Exception {
        assertThat(shop.get("/actuator/taskgroups/4711000").statusCode()).isEqualTo(404);
        assertThat(shop.get("/actuator/taskgroups/4711000", "Accept", TEXT).statusCode())
                .isEqualTo(404);
        assertThat(shop.get("/actuator/taskgroups/page").statusCode()).isEqualTo(400);
        assertThat(shop.delete("/actuator/taskgroups/page", Shop.as("olga")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void recent_failures_are_shown_and_their_messages_only_to_those_who_may_see_them() throws Exception {
        assertThat(shop.get("/fail").statusCode()).isEqualTo(500);

        String toAnybody = shop.get("/actuator/taskgroups").body();
        String toAlice = shop.get("/actuator/taskgroups", Shop.as("alice")).body();
        String toOlga = shop.get("/actuator/taskgroups", Shop.as("olga")).body();

        String failure = "$.recent[?(@.outcome == 'FAILED')].failures[0].";
        assertThat(JsonPath.<List<String>>read(toAnybody, failure + "exception"))
                .containsOnly("java.lang.IllegalStateException");
        assertThat(toAnybody).doesNotContain("4711");
        assertThat(toAlice).doesNotContain("4711");
        assertThat(JsonPath.<List<String>>read(toOlga, failure + "message")).containsOnly("user 4711 has no product");
    }

    @Test
    void the_health_endpoint_has_task_groups() throws Exception {
        HttpResponse<String> health = shop.get("/actuator/health");

        assertThat(JsonPath.<String>read(health.body(), "$.components.taskgroups.status"))
                .isEqualTo("UP");
    }
}
