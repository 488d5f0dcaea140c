package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the class under test promises, in a sentence. */
class TemplateTest {
    private final TaskGroupFactory groups = TaskGroupFactory.create();

    @AfterEach
    void closeTheFactory() {
        groups.close();
    }

    @Test
    void aTaskThatFailsStopsTheOneThatBlocks() {
        Gate supplier = new Gate();

        assertThatThrownBy(() -> groups.run("trip", group -> {
                    group.fork("slow", supplier::pass);
                    group.fork("failing", () -> {
                        supplier.awaitArrival();
                        throw new IllegalStateException("no seat");
                    });
                }))
                .isInstanceOf(TaskGroupException.class)
                .hasMessageContaining("'failing'");
    }
}
