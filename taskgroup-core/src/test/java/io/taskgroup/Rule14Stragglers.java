package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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

    /** The first task is the one whose warning comes; while the observer is at it, the second is asked. */
    @Test
    default void aTaskThatIsAskedWhileAnotherIsReportedIsReportedToo() throws InterruptedException {
        needsTasksAtOnce(2);
        List<Gate> gates = List.of(new Gate(), new Gate());
        CountDownLatch second = new CountDownLatch(1);
        List<Task<?>> tasks = new CopyOnWriteArrayList<>();
        TaskGroupObserver observer = new TaskGroupObserver() {
            @Override
            public void taskStraggling(Task<?> task, Duration sinceCancel, Thread thread) {
                if (task == tasks.get(1)) {
                    second.countDown();
                } else if (tasks.get(1).cancel()) {
                    assertThatNoException().isThrownBy(second::await);
                    gates.forEach(Gate::open);
                }
            }
        };
        TaskGroupOptions options = TaskGroupOptions.named("group")
                .withStragglerWarning(Duration.ofMillis(20))
                .withPolicy(JoinPolicy.awaitAll());
        groups(builder().observer(observer)).run(options, group -> {
            for (Gate gate : gates) {
                tasks.add(group.fork(gate::passStubbornly));
                gate.awaitArrival();
            }
            tasks.get(0).cancel();
        });
        assertThat(second.getCount()).isZero();
    }

    @Test
    default void aGroupThatWarnsSoonerIsNotHeldUpByOneThatWarnsLater() throws InterruptedException {
        needsTasksAtOnce(2);
        Gate patience = new Gate();
        Gate haste = new Gate();
        List<String> reported = new CopyOnWriteArrayList<>();
        TaskGroupObserver observer = new TaskGroupObserver() {
            @Override
            public void taskStraggling(Task<?> task, Duration sinceCancel, Thread thread) {
                reported.add(task.name());
                patience.open();
                haste.open();
            }
        };
        TaskGroupFactory groups = groups(builder().observer(observer));
        TaskGroupOptions patient = TaskGroupOptions.named("patient")
                .withStragglerWarning(Duration.ofHours(1))
                .withPolicy(JoinPolicy.awaitAll());
        TaskGroupOptions hasty = TaskGroupOptions.named("hasty").withStragglerWarning(Duration.ofMillis(20));
        groups.run(patient, outer -> {
            Task<Void> later = outer.fork("later", patience::passStubbornly);
            patience.awaitArrival();
            later.cancel();
            groups.run(hasty, inner -> {
                inner.fork("sooner", haste::passStubbornly);
                haste.awaitArrival();
                inner.cancel();
            });
        });
        assertThat(reported).containsOnly("sooner");
    }
}
