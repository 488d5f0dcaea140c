package io.taskgroup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskgroup.ContextCarrier;
import io.taskgroup.TaskGroupFactory;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The code of {@code docs/recipes.md} about context without Spring. */
class ContextRecipeTest {
    private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

    @AfterEach
    void forget() {
        TENANT.remove();
    }

    private static TaskGroupFactory carryingTheTenant() {
        ContextCarrier tenantOfTheCaller = () -> {
            String tenant = TENANT.get();
            return new ContextCarrier.Captured() {
                @Override
                public <T> T call(Callable<T> task) throws Exception {
                    String before = TENANT.get();
                    TENANT.set(tenant);
                    try {
                        return task.call();
                    } finally {
                        TENANT.set(before);
                    }
                }
            };
        };
        TaskGroupFactory groups =
                TaskGroupFactory.builder().contextCarrier(tenantOfTheCaller).build();
        return groups;
    }

    @Test
    void aTaskSeesTheTenantOfItsCaller() throws Exception {
        try (TaskGroupFactory groups = carryingTheTenant()) {
            TENANT.set("acme");
            List<Callable<String>> tasks = List.of(TENANT::get, TENANT::get);
            assertThat(groups.all("tenants", tasks)).containsExactly("acme", "acme");
        }
    }
}
