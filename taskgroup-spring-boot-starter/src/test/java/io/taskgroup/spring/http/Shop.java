package io.taskgroup.spring.http;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.MDC;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A web application as users have them, on a random port of the loopback address: Spring MVC on Tomcat, Spring Security,
 * the actuator and Micrometer Tracing, with tasks on platform threads of a pool. And a client of it.
 */
final class Shop implements AutoCloseable {
    final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private Shop(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static Shop open(String... properties) {
        return open(Application.class, WebApplicationType.SERVLET, properties);
    }

    static Shop open(Class<?> application, WebApplicationType type, String... properties) {
        return new Shop(new SpringApplicationBuilder(application)
                .web(type)
                .run(Stream.concat(
                                Stream.of(
                                        "--server.address=127.0.0.1",
                                        "--server.port=0",
                                        "--management.endpoints.web.exposure.include=taskgroups,health",
                                        "--management.tracing.sampling.probability=1",
                                        "--management.observations.enable.spring.security=false",
                                        "--taskgroup.executor.type=platform"),
                                Arrays.stream(properties))
                        .toArray(String[]::new)));
    }

    String url(String path) {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path;
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return client.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> delete(String path, String... headers) throws IOException, InterruptedException {
        return client.send(request(path, headers).DELETE().build(), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> getLater(String path) {
        return client.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)));
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** The headers of a request of that user. */
    static String[] as(String user) {
        byte[] credentials = (user + ":secret").getBytes(StandardCharsets.UTF_8);
        return new String[] {"Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials)};
    }

    @Override
    public void close() {
        context.close();
    }

    /** Not itself a bean: Spring Boot would export to it, too. */
    record FinishedSpans(InMemorySpanExporter exporter) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({ContextController.class, HangingController.class, TracedController.class})
    static class Application {
        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.disable())
                    .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.DELETE)
                            .hasRole("OPERATOR")
                            .anyRequest()
                            .permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(
                    user("alice", "CUSTOMER"), user("bob", "CUSTOMER"), user("olga", "OPERATOR"));
        }

        private static UserDetails user(String name, String role) {
            return User.withUsername(name).password("{noop}secret").roles(role).build();
        }

        @Bean
        FinishedSpans finishedSpans() {
            return new FinishedSpans(InMemorySpanExporter.create());
        }

        @Bean
        SpanProcessor spanProcessor(FinishedSpans spans) {
            return SimpleSpanProcessor.create(spans.exporter());
        }

        /** What many applications have: the number of the request in every log line. */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        OncePerRequestFilter requestNumberInMdc() {
            return new OncePerRequestFilter() {
                @Override
                protected void doFilterInternal(
                        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                        throws ServletException, IOException {
                    String number = request.getHeader("Request-Number");
                    if (number == null) {
                        chain.doFilter(request, response);
                        return;
                    }
                    MDC.put("request", number);
                    try {
                        chain.doFilter(request, response);
                    } finally {
                        MDC.remove("request");
                    }
                }
            };
        }
    }
}
