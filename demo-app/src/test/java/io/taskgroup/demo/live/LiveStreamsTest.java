package io.taskgroup.demo.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveStreamsTest {
    private final LiveClock clock = new LiveClock();
    private final LiveFeed feed = new LiveFeed(clock);
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().observer(feed).build();
    private final LiveStreams streams =
            new LiveStreams(groups, feed, new LiveCounters(new SimpleMeterRegistry(), clock));
    private final BlockingQueue<LiveEvent> received = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        groups.close();
    }

    @Test
    void aClientSeesGroupsAndTasksAsTheyStartAndEnd() throws Exception {
        FutureTask<Void> stream = start(received::add);
        await().until(() -> received.peek() instanceof LiveEvent.Counters);

        groups.call("trip", group -> group.fork("flight", () -> "an offer").await());
        await().until(() -> received.stream().anyMatch(LiveEvent.GroupClosed.class::isInstance));
        feed.end();
        stream.get();

        List<LiveEvent> story = new ArrayList<>(received);
        story.removeIf(LiveEvent.Counters.class::isInstance);
        assertThat(story)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("GroupOpened", "TaskForked", "TaskStarted", "TaskEnded", "GroupClosed");
        assertThat(story.get(3))
                .isInstanceOfSatisfying(
                        LiveEvent.TaskEnded.class,
                        ended -> assertThat(ended.state()).isEqualTo(TaskState.SUCCEEDED));
    }

    @Test
    void whenTheClientHasLeftItsGroupEnds() throws Exception {
        FutureTask<Void> stream = start(event -> {
            throw new IOException("the connection is broken");
        });

        stream.get();

        assertThat(groups.snapshot()).isEmpty();
    }

    @Test
    void whenTheFeedEndsEveryStreamEnds() throws Exception {
        FutureTask<Void> first = start(received::add);
        FutureTask<Void> second = start(received::add);
        await().until(() -> received.size() >= 2);

        feed.end();

        first.get();
        second.get();
        assertThat(groups.snapshot()).isEmpty();
    }

    @Test
    void aClientThatFallsTooFarBehindIsLetGoAndDelaysNobody() throws Exception {
        CountDownLatch readsOn = new CountDownLatch(1);
        FutureTask<Void> stream = start(event -> {
            try {
                readsOn.await();
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
        });
        await().until(() -> !groups.snapshot().isEmpty());

        for (int i = 0; i < 3_000; i++) {
            groups.run("trip", group -> group.fork(() -> {}));
        }
        readsOn.countDown();

        stream.get();
        assertThat(groups.snapshot()).isEmpty();
    }

    private FutureTask<Void> start(LiveStreams.LiveClient client) {
        FutureTask<Void> stream = new FutureTask<>(() -> {
            streams.stream(client);
            return null;
        });
        new Thread(stream).start();
        return stream;
    }
}
