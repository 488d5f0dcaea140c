package io.taskgroup.docs;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskgroup.Task;
import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.spring.TaskGroupAutoConfiguration;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/** The code of {@code docs/migration.md} that comes from {@code @Async}, and what it says of both. */
class AsyncMigrationTest {
    record Page(String product, List<String> reviews) {}

    /** A catalog that takes its time, until the test ends or its thread is interrupted. */
    static class Catalog {
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch answers = new CountDownLatch(1);
        final AtomicBoolean interrupted = new AtomicBoolean();

        String find(int id) {
            asked.countDown();
            try {
                answers.await();
                return "product " + id;
            } catch (InterruptedException e) {
                interrupted.set(true);
                throw new IllegalStateException(e);
            }
        }
    }

    static class ReviewClient {
        private final Catalog catalog;

        ReviewClient(Catalog catalog) {
            this.catalog = catalog;
        }

        List<String> list(int id) throws Exception {
            if (id == 0) {
                catalog.asked.await();
                throw new ConnectException("refused");
            }
            return List.of("pours well");
        }
    }

    static class Before {
        @EnableAsync
        @Configuration(proxyBeanMethods = false)
        @Import({Catalog.class, ReviewClient.class, AsyncCatalog.class, AsyncReviews.class, PageService.class})
        static class Application {}

        static class AsyncCatalog {
            private final Catalog catalog;

            AsyncCatalog(Catalog catalog) {
                this.catalog = catalog;
            }

            @Async
            public CompletableFuture<String> find(int id) {
                return CompletableFuture.completedFuture(catalog.find(id));
            }
        }

        static class AsyncReviews {
            private final ReviewClient reviewClient;

            AsyncReviews(ReviewClient reviewClient) {
                this.reviewClient = reviewClient;
            }

            @Async
            public CompletableFuture<List<String>> list(int id) throws Exception {
                return CompletableFuture.completedFuture(reviewClient.list(id));
            }
        }

        static class PageService {
            private final AsyncCatalog catalog;
            private final AsyncReviews reviewClient;

            PageService(AsyncCatalog catalog, AsyncReviews reviewClient) {
                this.catalog = catalog;
                this.reviewClient = reviewClient;
            }

            Page page(int id) throws Exception {
                CompletableFuture<String> product = catalog.find(id);
                CompletableFuture<List<String>> reviews = reviewClient.list(id);
                CompletableFuture.allOf(product, reviews).orTimeout(2, SECONDS).join();
                return new Page(product.join(), reviews.join());
            }
        }
    }

    static class After {
        @Configuration(proxyBeanMethods = false)
        @Import({Catalog.class, ReviewClient.class, PageService.class})
        static class Application {}

        static class PageService {
            private final TaskGroupFactory groups;
            private final Catalog catalog;
            private final ReviewClient reviewClient;

            PageService(TaskGroupFactory groups, Catalog catalog, ReviewClient reviewClient) {
                this.groups = groups;
                this.catalog = catalog;
                this.reviewClient = reviewClient;
            }

            Page page(int id) throws InterruptedException {
                return groups.call("product-page", group -> {
                    Task<String> product = group.fork("product", () -> catalog.find(id));
                    Task<List<String>> reviews = group.fork("reviews", () -> reviewClient.list(id));
                    return new Page(product.await(), reviews.await());
                });
            }
        }
    }

    private final ApplicationContextRunner spring = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TaskExecutionAutoConfiguration.class, TaskGroupAutoConfiguration.class));

    @Test
    void bothGiveTheSamePage() {
        Page expected = new Page("product 7", List.of("pours well"));
        spring.withUserConfiguration(Before.Application.class).run(context -> {
            context.getBean(Catalog.class).answers.countDown();
            assertThat(context.getBean(Before.PageService.class).page(7)).isEqualTo(expected);
        });
        spring.withUserConfiguration(After.Application.class).run(context -> {
            context.getBean(Catalog.class).answers.countDown();
            assertThat(context.getBean(After.PageService.class).page(7)).isEqualTo(expected);
        });
    }

    @Test
    void withAsyncTheCallerWaitsForTheOtherTaskOrItsTimeoutAndThatTaskRunsOn() {
        spring.withUserConfiguration(Before.Application.class).run(context -> {
            Catalog catalog = context.getBean(Catalog.class);
            assertThatThrownBy(() -> context.getBean(Before.PageService.class).page(0))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThat(catalog.interrupted).isFalse();
            catalog.answers.countDown();
        });
    }

    @Test
    void inAGroupTheOtherTaskIsStoppedAndGoneWhenTheCallerGoesOn() {
        spring.withUserConfiguration(After.Application.class).run(context -> {
            assertThatThrownBy(() -> context.getBean(After.PageService.class).page(0))
                    .isInstanceOfSatisfying(
                            TaskGroupException.class,
                            failed -> assertThat(failed.find(ConnectException.class))
                                    .isPresent());
            assertThat(context.getBean(Catalog.class).interrupted).isTrue();
        });
    }
}
