package io.taskgroup.spring.actuate;

import java.util.List;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Shows {@link StragglerHealth} to Spring Boot 3. */
record SpringBoot3HealthIndicator(StragglerHealth stragglers) implements HealthIndicator {
    @Override
    public Health health() {
        List<String> complaints = stragglers.complaints();
        return complaints.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("stragglers", complaints).build();
    }
}
