package io.taskgroup.demo.live;

import io.taskgroup.TaskGroupFactory;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** One group a client: when the client has left, its group ends, and with it the task that counts for the client. */
@Service
class LiveStreams {
    static final String GROUP = "live";

    private final TaskGroupFactory groups;
    private final LiveFeed feed;
    private final LiveCounters counters;

    LiveStreams(TaskGroupFactory groups, LiveFeed feed, LiveCounters counters) {
        this.groups = groups;
        this.feed = feed;
        this.counters = counters;
    }

    /** Sends events until the client has left, or the feed ends. */
    void stream(LiveClient client) throws InterruptedException {
        try (LiveSubscription events = feed.subscribe()) {
            groups.run(GROUP, group -> {
                group.fork("counters", () -> count(events));
                group.cancel(send(events, client));
            });
        }
    }

    /** Every second, so that a client that has left is noticed also when nothing happens. */
    private void count(LiveSubscription events) throws InterruptedException {
        while (true) {
            events.add(counters.read());
            Thread.sleep(1000);
        }
    }

    /** Returns why it has ended. */
    private static String send(LiveSubscription events, LiveClient client) throws InterruptedException {
        try {
            Optional<LiveEvent> next = events.next();
            while (next.isPresent()) {
                client.send(next.get());
                next = events.next();
            }
            return "the stream has ended";
        } catch (IOException left) {
            return "the client has left";
        }
    }

    /** Where events are sent. */
    interface LiveClient {
        void send(LiveEvent event) throws IOException;
    }
}
