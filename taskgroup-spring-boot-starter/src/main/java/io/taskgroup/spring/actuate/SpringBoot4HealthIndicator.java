package io.taskgroup.spring.actuate;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Shows {@link StragglerHealth} to Spring Boot 4, where health has moved. */
record SpringBoot4HealthIndicator(StragglerHealth stragglers) implements HealthIndicator {
    @Override
    public Health health() {
        List<String> complaints = stragglers.complaints();
        return complaints.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("stragglers", complaints).build();
    }
}
