package io.taskgroup.demo.supplier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.LocalDate;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.restclient.test.autoconfigure.AutoConfigureMockRestServiceServer;
import org.springframework.boot.restclient.test.autoconfigure.RestClientTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Asks a real server, with the HTTP client that application.yml chooses. */
@RestClientTest(SupplierClient.class)
@AutoConfigureMockRestServiceServer(enabled = false)
@Timeout(60)
class SupplierClientTest {
    private static final Journey JOURNEY = new Journey("São Paulo", "Łódź & more", LocalDate.of(2030, 7, 1));
    private static final CountDownLatch SILENT_SUPPLIER_ASKED = new CountDownLatch(1);

    private static final Queue<String> RESERVATIONS = new ConcurrentLinkedQueue<>();

    private static final AtomicInteger MOODY_SUPPLIER_ASKED = new AtomicInteger();

    private static HttpServer server;

    @Autowired
    private SupplierClient suppliers;

    @BeforeAll
    static void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/suppliers/flight/offers", exchange -> {
            boolean understood = "from=São Paulo&to=Łódź & more&date=2030-07-01"
                    .equals(exchange.getRequestURI().getQuery());
            String json = """
                    {"supplier": "flight", "description": "Window", "euros": 129, "added later": true}""";
            answer(exchange, understood ? 200 : 400, json);
        });
        server.createContext("/suppliers/flight/reservations/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            RESERVATIONS.add(exchange.getRequestMethod() + " " + path.substring(path.lastIndexOf('/') + 1));
            answer(exchange, 200, "");
        });
        server.createContext(
                "/suppliers/moody/reservations/",
                exchange -> answer(exchange, MOODY_SUPPLIER_ASKED.incrementAndGet() < 3 ? 503 : 200, ""));
        server.createContext("/suppliers/broken/offers", exchange -> answer(exchange, 503, "{}"));
        server.createContext("/suppliers/rude/offers", HttpExchange::close);
        server.createContext("/suppliers/silent/offers", exchange -> SILENT_SUPPLIER_ASKED.countDown());
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @DynamicPropertySource
    static void url(DynamicPropertyRegistry properties) {
        properties.add(
                "demo.url", () -> "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void anAnswerIsAnOffer() {
        assertThat(suppliers.offer("flight", JOURNEY)).isEqualTo(new Offer("flight", "Window", 129));
    }

    @Test
    void aReservationIsPutAndDeletedUnderItsReference() {
        UUID reference = UUID.randomUUID();

        suppliers.reserve("flight", reference);
        suppliers.release("flight", reference);

        assertThat(RESERVATIONS).containsExactly("PUT " + reference, "DELETE " + reference);
    }

    @Test
    void aReleaseIsTriedAgainUntilItIsDone() {
        UUID reference = UUID.randomUUID();

        suppliers.release("moody", reference);

        assertThat(MOODY_SUPPLIER_ASKED).hasValue(3);
    }

    @Test
    void aRefusalNamesTheSupplierAndTheStatus() {
        assertThatExceptionOfType(SupplierException.class)
                .isThrownBy(() -> suppliers.offer("broken", JOURNEY))
                .withMessage("broken answered 503 SERVICE_UNAVAILABLE");
    }

    @Test
    void aBrokenConnectionNamesTheSupplier() {
        assertThatExceptionOfType(SupplierException.class)
                .isThrownBy(() -> suppliers.offer("rude", JOURNEY))
                .withMessage("rude gave no answer");
    }

    @Test
    void anInterruptEndsTheCallAtOnce() throws Exception {
        FutureTask<Throwable> call = new FutureTask<>(() -> catchThrowable(() -> suppliers.offer("silent", JOURNEY)));
        Thread caller = new Thread(call);
        caller.start();
        SILENT_SUPPLIER_ASKED.await();

        caller.interrupt();

        assertThat(call.get()).hasRootCauseInstanceOf(InterruptedException.class);
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
