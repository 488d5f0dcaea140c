package io.taskgroup.spring;

import io.taskgroup.spring.TaskGroupProperties.ShutdownSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/** How long open groups may go on when the application is closed. */
record GracePeriod(Duration duration) {
    private static final String TIMEOUT_OF_A_PHASE = "spring.lifecycle.timeout-per-shutdown-phase";
    private static final Duration SPRING_BOOTS_DEFAULT = Duration.ofSeconds(30);

    static GracePeriod of(ShutdownSettings settings, Environment environment) {
        Duration configured = settings.gracePeriod();
        if (configured == null) {
            return new GracePeriod(Binder.get(environment)
                    .bind(TIMEOUT_OF_A_PHASE, Duration.class)
                    .orElse(SPRING_BOOTS_DEFAULT));
        }
        if (configured.isNegative()) {
            throw new InvalidConfigurationPropertyValueException(
                    "taskgroup.shutdown.grace-period",
                    configured,
                    "It must not be negative. Zero cancels open groups at once.");
        }
        return new GracePeriod(configured);
    }
}
