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
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        Gate obedient = new Gate();
        List<Duration> since = new CopyOnWriteArrayList<>();
        TaskGroupObserver observer = new TaskGroupObserver() {
            @Override
            public void taskStraggling(Task<?> task, Duration sinceCancel, Thread thread) {
                assertThat(task.name()).isEqualTo("stubborn");
                assertThat(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("passStubbornly"));
                since.add(sinceCancel);
                if (since.size() == 3) {
                    gate.open();
                }
            }
        };
        Duration warning = Duration.ofMillis(20);
        groups(builder().observer(observer))
                .run(TaskGroupOptions.named("group").withStragglerWarning(warning), group -> {
                    group.fork("stubborn", gate::passStubbornly);
                    group.fork("obedient", obedient::pass);
                    gate.awaitArrival();
                    obedient.awaitArrival();
                    group.cancel();
                });
        assertThat(since).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(since.get(i)).isGreaterThanOrEqualTo(warning.multipliedBy(1L << i));
        }
    }
}
