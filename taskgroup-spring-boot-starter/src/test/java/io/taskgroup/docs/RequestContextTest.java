package io.taskgroup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.spring.TaskGroupAutoConfiguration;
import io.taskgroup.spring.context.TaskGroupContextAutoConfiguration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** The code of {@code docs/recipes.md} about what a task sees of the request. */
class RequestContextTest {
    private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

    @AfterEach
    void forget() {
        ContextRegistry.getInstance().removeThreadLocalAccessor("tenant");
        TENANT.remove();
        MDC.clear();
        LocaleContextHolder.resetLocaleContext();
        SecurityContextHolder.clearContext();
    }

    private static List<String> whatTasksSee(TaskGroupFactory groups) throws InterruptedException {
        return groups.all(
                "request",
                List.of(
                        () -> MDC.get("requestId"),
                        () -> SecurityContextHolder.getContext()
                                .getAuthentication()
                                .getName(),
                        () -> LocaleContextHolder.getLocale().getLanguage(),
                        TENANT::get));
    }

    private static void carryTheTenant() {
        ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", TENANT);
    }

    @Test
    void aTaskSeesWhatTheRequestsThreadHad() {
        carryTheTenant();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        TaskGroupContextAutoConfiguration.class, TaskGroupAutoConfiguration.class))
                .run(context -> {
                    MDC.put("requestId", "r-1");
                    SecurityContextHolder.getContext()
                            .setAuthentication(new TestingAuthenticationToken("anna", "secret"));
                    LocaleContextHolder.setLocale(Locale.FRENCH);
                    TENANT.set("acme");
                    assertThat(whatTasksSee(context.getBean(TaskGroupFactory.class)))
                            .containsExactly("r-1", "anna", "fr", "acme");
                });
    }
}
