package io.taskgroup.demo.live;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** The events that wait for one client. A client that falls too far behind is let go: it may come again. */
class LiveSubscription implements AutoCloseable {
    private static final int CAPACITY = 10_000;

    private final BlockingQueue<Optional<LiveEvent>> events = new LinkedBlockingQueue<>(CAPACITY);
    private final Consumer<LiveSubscription> onClose;

    LiveSubscription(Consumer<LiveSubscription> onClose) {
        this.onClose = onClose;
    }

    void add(LiveEvent event) {
        if (!events.offer(Optional.of(event))) {
            end();
        }
    }

    void end() {
        close();
        do {
            events.clear();
        } while (!events.offer(Optional.empty()));
    }

    /** Waits for the next event; empty at the end of the stream. */
    Optional<LiveEvent> next() throws InterruptedException {
        return events.take();
    }

    @Override
    public void close() {
        onClose.accept(this);
    }
}
