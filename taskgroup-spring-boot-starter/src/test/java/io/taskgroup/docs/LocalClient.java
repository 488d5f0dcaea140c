package io.taskgroup.docs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.core.env.Environment;

/** Asks the application under test, which listens on a random port of the loopback address, as Spring Boot's own user. */
final class LocalClient {
    private static final String CREDENTIALS =
            Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));

    private final HttpClient client = HttpClient.newHttpClient();
    private final String port;

    LocalClient(Environment environment) {
        this.port = environment.getRequiredProperty("local.server.port");
    }

    String get(String path, String accept) throws IOException, InterruptedException {
        return answer(path, accept).body();
    }

    HttpResponse<String> answer(String path, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Basic " + CREDENTIALS)
                .header("Accept", accept)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
