package io.taskgroup.docs;

import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.springframework.stereotype.Component;

/** Makes reports, of which one has a task that does not let itself be stopped. */
@Component
class Reports {
    private final TaskGroupFactory groups;
    private volatile CompletableFuture<String> drawing = new CompletableFuture<>();

    Reports(TaskGroupFactory groups) {
        this.groups = groups;
    }

    String report() throws InterruptedException {
        return groups.call("report", group -> {
            Task<String> figures = group.fork("figures", () -> "42");
            Task<String> chart = group.fork("chart", this::chart);
            return figures.await() + chart.await();
        });
    }

    private String chart() {
        return drawing.join();
    }

    String mendedReport() throws InterruptedException {
        return groups.call("report", group -> {
            Task<String> figures = group.fork("figures", () -> "42");
            Task<String> chart = group.fork("chart", this::chartThatStops);
            return figures.await() + chart.await();
        });
    }

    private String chartThatStops() throws InterruptedException, ExecutionException {
        return drawing.get();
    }

    void drawAnother() {
        drawing = new CompletableFuture<>();
    }

    void drawn() {
        drawing.complete("chart");
    }
}
