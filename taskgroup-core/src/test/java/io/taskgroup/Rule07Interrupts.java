package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rule 7: an interrupt reaches the task it is meant for, once, and no other. */
interface Rule07Interrupts extends OnThreads {
    TaskGroupOptions COOPERATIVE = TaskGroupOptions.named("group")
            .withCancelMode(CancelMode.COOPERATIVE)
            .withPolicy(JoinPolicy.noFailures());

    @Test
    default void aCancelInterruptsTheTaskOnce() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        Trail trail = new Trail();
        groups().run("group", group -> {
            Task<Void> task = group.fork("task", () -> {
                try {
                    gate.pass();
                } catch (InterruptedException e) {
                    trail.add("interrupted");
                }
                OnThreads.awaitUntil(group::isCancelled);
                trail.add("flag " + Thread.currentThread().isInterrupted());
            });
            gate.awaitArrival();
            assertThat(task.cancel()).isTrue();
            assertThat(task.cancel()).isFalse();
            group.cancel();
        });
        assertThat(trail.steps()).containsExactly("interrupted", "flag false");
    }

    @Test
    default void noInterruptReachesTheNextTaskOfAThread() throws InterruptedException {
        AtomicInteger strays = new AtomicInteger();
        TaskGroupFactory groups = groups();
        for (int round = 0; round < 300; round++) {
            groups.run(TaskGroupOptions.named("group").withPolicy(JoinPolicy.noFailures()), group -> {
                Task<Void> target = group.fork("target", () -> {});
                target.cancel();
                group.join();
                group.fork("next", () -> {
                    if (Thread.currentThread().isInterrupted()) {
                        strays.incrementAndGet();
                    }
                });
            });
        }
        assertThat(strays).hasValue(0);
    }

    @Test
    default void aCooperativeGroupNeverInterruptsAndCheckpointThrowsEveryTime() throws InterruptedException {
        needsTasksAtOnce(1);
        Gate gate = new Gate();
        Trail trail = new Trail();
        groups().run(COOPERATIVE, group -> {
            group.fork("task", () -> {
                gate.passStubbornly();
                trail.add("flag " + Thread.currentThread().isInterrupted());
                for (int i = 0; i < 2; i++) {
                    TaskCancelledException asked = catchThrowableOfType(TaskCancelledException.class, Task::checkpoint);
                    trail.add("checkpoint " + asked.reason().kind());
                }
            });
            gate.awaitArrival();
            group.cancel();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            gate.open();
        });
        assertThat(trail.steps()).containsExactly("flag false", "checkpoint REQUESTED", "checkpoint REQUESTED");
    }

    @Test
    default void anAwaitInACooperativeTaskNoticesTheCancel() throws InterruptedException {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        Gate waiting = new Gate();
        groups().run(COOPERATIVE, group -> {
            Task<Void> slow = group.fork("slow", gate::passStubbornly);
            gate.awaitArrival();
            Thread[] thread = new Thread[1];
            Task<Void> waiter = group.fork("waiter", () -> {
                thread[0] = Thread.currentThread();
                waiting.open();
                slow.await();
            });
            waiting.pass();
            OnThreads.awaitBlocked(thread[0]);
            waiter.cancel("changed my mind");
            assertThatThrownBy(waiter::await).isInstanceOf(TaskCancelledException.class);
            assertThat(waiter.exception()).containsInstanceOf(TaskCancelledException.class);
            assertThat(slow.state()).isEqualTo(TaskState.RUNNING);
            gate.open();
        });
    }

    @Test
    default void aTaskThatAwaitsASiblingStopsWaitingWhenItIsCancelled() throws InterruptedException {
        needsTasksAtOnce(2);
        Gate gate = new Gate();
        Gate waiting = new Gate();
        groups().run(TaskGroupOptions.named("group").withPolicy(JoinPolicy.noFailures()), group -> {
            Task<Void> slow = group.fork("slow", gate::passStubbornly);
            gate.awaitArrival();
            Thread[] thread = new Thread[1];
            Task<Void> waiter = group.fork("waiter", () -> {
                thread[0] = Thread.currentThread();
                waiting.open();
                slow.await();
            });
            waiting.pass();
            OnThreads.awaitBlocked(thread[0]);
            waiter.cancel();
            assertThatThrownBy(waiter::await).isInstanceOf(TaskCancelledException.class);
            assertThat(waiter.exception()).containsInstanceOf(InterruptedException.class);
            gate.open();
        });
    }

    @Test
    default void outsideOfATaskCheckpointDoesNothing() {
        Task.checkpoint();
        assertThat(Task.current()).isEmpty();
    }
}
