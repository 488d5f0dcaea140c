package io.taskgroup.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskgroup.OpenTaskGroup;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.FailedException;
import java.util.concurrent.StructuredTaskScope.Subtask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The code of {@code docs/migration.md} that comes from {@code StructuredTaskScope}: both do the same. */
class StructuredTaskScopeMigrationTest {
    record Page(String product, List<String> reviews) {}

    static class Catalog {
        String find(int id) {
            return "product " + id;
        }
    }

    static class ReviewClient {
        List<String> list(int id) {
            if (id == 0) {
                throw new UncheckedIOException(new ConnectException("refused"));
            }
            return List.of("pours well");
        }
    }

    private final TaskGroupFactory groups = TaskGroupFactory.create();
    private final Catalog catalog = new Catalog();
    private final ReviewClient reviewClient = new ReviewClient();

    @AfterEach
    void closeTheFactory() {
        groups.close();
    }

    Page pageOfAScope(int id) throws InterruptedException {
        try (var scope = StructuredTaskScope.open()) {
            Subtask<String> product = scope.fork(() -> catalog.find(id));
            Subtask<List<String>> reviews = scope.fork(() -> reviewClient.list(id));
            scope.join();
            return new Page(product.get(), reviews.get());
        }
    }

    Page pageOfAGroup(int id) throws InterruptedException {
        try (OpenTaskGroup group = groups.open("product-page")) {
            Task<String> product = group.fork("product", () -> catalog.find(id));
            Task<List<String>> reviews = group.fork("reviews", () -> reviewClient.list(id));
            group.join();
            return new Page(product.result(), reviews.result());
        }
    }

    @Test
    void bothGiveTheSamePage() throws Exception {
        assertThat(pageOfAScope(7)).isEqualTo(pageOfAGroup(7)).isEqualTo(new Page("product 7", List.of("pours well")));
    }

    @Test
    void bothFailWhenATaskFails() {
        assertThatThrownBy(() -> pageOfAScope(0))
                .isInstanceOf(FailedException.class)
                .hasCauseInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> pageOfAGroup(0))
                .isInstanceOf(TaskGroupException.class)
                .hasCauseInstanceOf(UncheckedIOException.class);
    }
}
