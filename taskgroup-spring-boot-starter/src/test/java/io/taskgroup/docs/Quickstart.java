package io.taskgroup.docs;

import io.taskgroup.Task;
import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import java.io.IOException;
import java.util.List;

public class Quickstart {
    public static void main(String[] args) throws InterruptedException {
        try (TaskGroupFactory groups = TaskGroupFactory.create()) {
            System.out.println(page(groups, "teapot"));
            try {
                System.out.println(page(groups, "samovar"));
            } catch (TaskGroupException failed) {
                System.out.println(failed.toTree());
            }
        }
    }

    static String page(TaskGroupFactory groups, String id) throws InterruptedException {
        return groups.call("page", group -> {
            Task<String> product = group.fork("product", () -> slowly("a " + id));
            Task<Integer> stock = group.fork("stock", () -> stock(id));
            Task<List<String>> reviews = group.fork("reviews", () -> slowly(List.of("pours well")));
            return product.await() + ", " + stock.await() + " left, reviews: " + reviews.await();
        });
    }

    static int stock(String id) throws IOException, InterruptedException {
        if (id.equals("samovar")) {
            throw new IOException("the warehouse is closed");
        }
        return slowly(12);
    }

    /** Stands for a call over the network. */
    static <T> T slowly(T answer) throws InterruptedException {
        Thread.sleep(1000);
        return answer;
    }
}
