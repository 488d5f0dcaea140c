package io.taskgroup.spring.testing;

import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import java.util.List;
import org.springframework.stereotype.Service;

@Service
class PageService {
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

    record Page(String product, List<String> reviews) {}
}
