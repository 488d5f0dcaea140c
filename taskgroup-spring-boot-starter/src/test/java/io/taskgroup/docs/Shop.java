package io.taskgroup.docs;

import io.taskgroup.Task;
import io.taskgroup.TaskGroup;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Somebody whom the examples ask for an offer. */
interface Shop {
    record Offer(String shop, int cents) {}

    String name();

    Offer offer() throws IOException, InterruptedException;

    /** Answers at once. */
    record Open(String name, int cents) implements Shop {
        @Override
        public Offer offer() {
            return new Offer(name, cents);
        }
    }

    /** Fails at once. */
    record Closed(String name) implements Shop {
        @Override
        public Offer offer() throws IOException {
            throw new ConnectException("Connection refused by " + name);
        }
    }

    /** Never answers: its task ends only when it is cancelled. */
    record Silent(String name) implements Shop {
        @Override
        public Offer offer() throws InterruptedException {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody counts down");
        }
    }

    /** Never answers either; when it is the last that its group waits for, the group's time is over. */
    record Late(String name) implements Shop {
        @Override
        public Offer offer() throws InterruptedException {
            TaskGroup group = Task.current().orElseThrow().group();
            while (group.liveTasks() > 1) {
                Thread.yield();
            }
            group.reschedule(Duration.ofMillis(1));
            return new Silent(name).offer();
        }
    }
}
