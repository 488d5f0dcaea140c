package io.taskgroup.spring.aot;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.slf4j.MDC;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** An application that is processed ahead of time, started, and asked for everything that the starter gives it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class AotApplication {
    static final String[] ARGUMENTS = {
        "--server.address=127.0.0.1",
        "--server.port=0",
        "--management.endpoints.web.exposure.include=taskgroups,health",
        "--management.endpoint.health.show-details=always",
        "--management.health.taskgroups.enabled=true",
        "--taskgroup.observations.tasks=true",
        "--taskgroup.groups.sum.timeout=1h"
    };

    public static void main(String[] arguments) throws Exception {
        try (ConfigurableApplicationContext application = SpringApplication.run(AotApplication.class, arguments)) {
            TaskGroupFactory groups = application.getBean(TaskGroupFactory.class);
            ObservationRegistry observations = application.getBean(ObservationRegistry.class);
            MDC.put("request", "r1");
            int sum = groups.call("sum", group -> {
                Task<Integer> one = group.fork("one", () -> 1);
                Task<Integer> two = group.fork("two", () -> MDC.get("request").length());
                say("observed: " + (observations.getCurrentObservation() != null));
                say("timeout: " + group.remaining().isPresent());
                say("endpoint: " + get(application, "/actuator/taskgroups"));
                return one.await() + two.await();
            });
            say("generated: " + AotDetector.useGeneratedArtifacts());
            say("sum: " + sum);
            say("metered: "
                    + application
                            .getBean(MeterRegistry.class)
                            .get("taskgroup.tasks")
                            .timer()
                            .count());
            say("health: " + get(application, "/actuator/health"));
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static String get(ConfigurableApplicationContext application, String path) throws Exception {
        String port = application.getEnvironment().getProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Bean
    SecurityFilterChain everybodyMayEverything(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }
}
