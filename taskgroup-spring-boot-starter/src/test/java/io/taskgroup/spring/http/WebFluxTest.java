package io.taskgroup.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A reactive application, over HTTP. A group blocks its caller, so it is called where blocking is allowed. */
@Timeout(120)
class WebFluxTest {
    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open(
                ReactiveApplication.class,
                WebApplicationType.REACTIVE,
                "--spring.reactor.context-propagation=auto",
                "--management.endpoint.taskgroups.access=unrestricted");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void a_group_runs_on_a_thread_that_may_block_and_its_tasks_carry_the_trace_of_the_request() throws Exception {
        String callersTrace = "0af7651916cd43dd8448eb211c80319c";

        HttpResponse<String> response =
                shop.get("/reactive", "traceparent", "00-" + callersTrace + "-b7ad6b7169203331-01");

        assertThat(response.statusCode()).isEqualTo(200);
        Map<String, String> seen = JsonPath.read(response.body(), "$");
        assertThat(seen.get("caller")).startsWith("boundedElastic");
        assertThat(seen.get("task")).startsWith("taskgroup-");
        assertThat(seen).containsEntry("trace", callersTrace);
    }

    @Test
    void the_endpoint_shows_and_cancels_a_hanging_request() throws Exception {
        CompletableFuture<HttpResponse<String>> hanging = shop.getLater("/reactive-hang");
        shop.context.getBean(ReactiveController.class).hanging.acquire();

        int id = JsonPath.read(shop.get("/actuator/taskgroups").body(), "$.groups[0].id");
        assertThat(shop.get("/actuator/taskgroups", "Accept", "text/plain").body())
                .startsWith("group page #" + id);
        assertThat(shop.delete("/actuator/taskgroups/" + id).statusCode()).isEqualTo(204);

        assertThat(hanging.get().body()).isEqualTo("cancelled");
        assertThat(JsonPath.<List<?>>read(shop.get("/actuator/taskgroups").body(), "$.groups"))
                .isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(ReactiveController.class)
    static class ReactiveApplication {
        @Bean
        SecurityWebFilterChain security(ServerHttpSecurity http) {
            return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
                    .build();
        }
    }

    @RestController
    static class ReactiveController {
        final Semaphore hanging = new Semaphore(0);
        private final CountDownLatch never = new CountDownLatch(1);
        private final TaskGroupFactory groups;

        ReactiveController(TaskGroupFactory groups) {
            this.groups = groups;
        }

        @GetMapping("/reactive")
        Mono<Map<String, String>> page() {
            return Mono.fromCallable(this::blockingPage).subscribeOn(Schedulers.boundedElastic());
        }

        private Map<String, String> blockingPage() throws InterruptedException {
            return groups.call("page", group -> {
                Task<String> thread = group.fork(() -> Thread.currentThread().getName());
                Task<String> trace = group.fork(() -> MDC.get("traceId"));
                return Map.of(
                        "caller", Thread.currentThread().getName(), "task", thread.await(), "trace", trace.await());
            });
        }

        @GetMapping("/reactive-hang")
        Mono<String> hang() {
            return Mono.fromCallable(this::blockingHang).subscribeOn(Schedulers.boundedElastic());
        }

        private String blockingHang() throws InterruptedException {
            groups.run(
                    "page",
                    group -> group.fork("slow", () -> {
                        hanging.release();
                        never.await();
                    }));
            return "cancelled";
        }
    }
}
