package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Rule 14: a task that still runs some time after it was asked to stop is reported, again and again. */
interface Rule14Stragglers extends OnThreads {
    @Test
    default void aTaskThatIgnoresItsCancelIsReportedAtGrowingIntervals() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        Duration warning = Duration.ofMillis(20);
        List<Duration> since = new CopyOnWriteArrayList<>();
        List<Thread> threads = new CopyOnWriteArrayList<>();
        TaskGroupObserver observer = new TaskGroupObserver() {
            @Override
            public void taskStraggling(Task<?> task, Duration sinceCancel, Thread thread) {
                since.add(sinceCancel);
                threads.add(thread);
                if (since.size() == 3) {
                    gate.open();
                }
            }
        };
        Thread[] stubborn = new Thread[1];
        groups(builder().observer(observer))
                .run(TaskGroupOptions.named("group").withStragglerWarning(warning), group -> {
                    group.fork("stubborn", () -> {
                        stubborn[0] = Thread.currentThread();
                        gate.passStubbornly();
                    });
                    gate.awaitArrival();
                    group.cancel();
                });
        assertThat(since).hasSizeGreaterThanOrEqualTo(3);
        assertThat(threads).containsOnly(stubborn[0]);
        for (int i = 0; i < 3; i++) {
            assertThat(since.get(i)).isGreaterThanOrEqualTo(warning.multipliedBy(1L << i));
        }
    }

    @Test
    default void aTaskThatObeysIsNotReported() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        List<String> reported = new CopyOnWriteArrayList<>();
        TaskGroupObserver observer = new TaskGroupObserver() {
            @Override
            public void taskStraggling(Task<?> task, Duration sinceCancel, Thread thread) {
                reported.add(task.name());
            }
        };
        groups(builder().observer(observer)).run("group", group -> {
            group.fork("obedient", gate::pass);
            gate.awaitArrival();
            group.cancel();
        });
        assertThat(reported).isEmpty();
    }
}
