package io.taskgroup.spring.http;

import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import java.util.Map;
import org.slf4j.MDC;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** Calls itself in a task, as a service calls another. */
@RestController
class TracedController {
    private final TaskGroupFactory groups;
    private final RestClient.Builder clients;

    TracedController(TaskGroupFactory groups, RestClient.Builder clients) {
        this.groups = groups;
        this.clients = clients;
    }

    @GetMapping("/traced")
    Map<String, String> traced(@RequestParam String remote) throws InterruptedException {
        String inRequest = MDC.get("traceId");
        return groups.call("page", group -> {
            Task<String> inTask = group.fork("log", () -> MDC.get("traceId") + " " + MDC.get("spanId"));
            Task<String> atRemote = group.fork(
                    "remote", () -> clients.build().get().uri(remote).retrieve().body(String.class));
            return Map.of(
                    "request",
                    inRequest,
                    "task",
                    inTask.await(),
                    "remote",
                    atRemote.await(),
                    "after",
                    MDC.get("traceId"));
        });
    }

    @GetMapping("/remote")
    String remote(@RequestHeader String traceparent) {
        return traceparent;
    }
}
