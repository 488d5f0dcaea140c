package io.taskgroup.demo.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@Tag(name = "Trips")
class LiveController {
    private final LiveStreams streams;
    private final JsonMapper json;

    LiveController(LiveStreams streams, JsonMapper json) {
        this.streams = streams;
        this.json = json;
    }

    @GetMapping(path = "/api/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "What task groups do, live", description = "Server-sent events, until the client leaves.")
    void live(HttpServletResponse response) throws IOException, InterruptedException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader("Cache-Control", "no-store");
        OutputStream body = response.getOutputStream();
        streams.stream(event -> {
            body.write(("data: " + json.writeValueAsString(event) + "\n\n").getBytes(UTF_8));
            response.flushBuffer();
        });
    }
}
