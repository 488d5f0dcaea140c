package io.taskgroup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskgroup.Task;
import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import java.net.ConnectException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The code and the output of {@code README.md}. */
class ReadmeTest {
    record Product(String name) {}

    record Review(int stars) {}

    record Page(Product product, List<Review> reviews) {}

    interface Catalog {
        Product find(int id) throws Exception;
    }

    interface ReviewClient {
        List<Review> list(int id) throws Exception;
    }

    TaskGroupFactory groups = TaskGroupFactory.create();

    @AfterEach
    void closeTheFactory() {
        groups.close();
    }

    Page page(Catalog catalog, ReviewClient reviewClient, int id) throws InterruptedException {
        Page page = groups.call("product-page", group -> {
            Task<Product> product = group.fork("product", () -> catalog.find(id));
            Task<List<Review>> reviews = group.fork("reviews", () -> reviewClient.list(id));
            return new Page(product.await(), reviews.await());
        });
        return page;
    }

    @Test
    void aPageHasBothParts() throws Exception {
        Page page = page(id -> new Product("product " + id), id -> List.of(new Review(5)), 7);
        assertThat(page).isEqualTo(new Page(new Product("product 7"), List.of(new Review(5))));
    }

    @Test
    void aFailureEndsTheOtherTaskAndIsThrown() throws Exception {
        CountDownLatch catalogIsAsked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Queue<String> printed = new ConcurrentLinkedQueue<>();
        Catalog slow = id -> {
            printed.add("product  the catalog is asked, and takes its time");
            catalogIsAsked.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                printed.add("product  is interrupted, and gone");
                throw e;
            }
            return new Product("late");
        };
        ReviewClient down = id -> {
            catalogIsAsked.await();
            printed.add("reviews  Connection refused");
            throw new ConnectException("Connection refused");
        };
        try {
            page(slow, down, 7);
        } catch (TaskGroupException failed) {
            printed.add("caller   " + failed);
        }
        assertThat(String.join("\n", printed))
                .isEqualTo(Document.named("README.md").output(getClass(), "failure"));
    }
}
