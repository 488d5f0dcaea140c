package io.taskgroup.spring.http;

import io.taskgroup.TaskGroupFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.MDC;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Tells what the tasks of a request see of it, and what the request's own thread sees when they have ended. */
@RestController
class ContextController {
    private static final int TASKS = 3;

    private final TaskGroupFactory groups;

    ContextController(TaskGroupFactory groups) {
        this.groups = groups;
    }

    @GetMapping("/context")
    List<Map<String, String>> context() throws InterruptedException {
        List<Map<String, String>> seen =
                groups.map("context", IntStream.range(0, TASKS).boxed().toList(), number -> {
                    Map<String, String> sight = sight();
                    litter();
                    return sight;
                });
        return IntStream.rangeClosed(0, TASKS)
                .mapToObj(i -> i < TASKS ? seen.get(i) : sight())
                .toList();
    }

    static Map<String, String> sight() {
        ServletRequestAttributes request = (ServletRequestAttributes) RequestContextHolder.getRequestAttributes();
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        return Map.of(
                "query",
                        String.valueOf(
                                request == null ? null : request.getRequest().getQueryString()),
                "user", String.valueOf(user == null ? null : user.getName()),
                "number", String.valueOf(MDC.get("request")),
                "litter", String.valueOf(MDC.get("litter")),
                "locale",
                        String.valueOf(
                                LocaleContextHolder.getLocaleContext() == null
                                        ? null
                                        : LocaleContextHolder.getLocale()));
    }

    /** What a careless task leaves behind. */
    private static void litter() {
        MDC.put("litter", "left by a task");
        MDC.put("request", "overwritten");
        LocaleContextHolder.setLocale(Locale.KOREAN);
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("mallory", "secret"));
        RequestContextHolder.resetRequestAttributes();
    }
}
