package io.taskgroup;

import java.util.List;

/** The code of the documents: {@link DocumentsTest} compares it, and runs it. */
final class Snippets {
    private Snippets() {}

    record Product(String name) {}

    record Review(int stars) {}

    record Page(Product product, List<Review> reviews) {}

    interface Catalog {
        Product find(int id) throws Exception;
    }

    interface ReviewClient {
        List<Review> list(int id) throws Exception;
    }

    static Page productPage(TaskGroupFactory groups, Catalog catalog, ReviewClient reviewClient, int id)
            throws InterruptedException {
        Page page = groups.call("product-page", group -> {
            Task<Product> product = group.fork("product", () -> catalog.find(id));
            Task<List<Review>> reviews = group.fork("reviews", () -> reviewClient.list(id));
            return new Page(product.await(), reviews.await());
        });
        return page;
    }
}
