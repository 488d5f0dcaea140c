package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Rule 11: context is captured at fork, restored in the task, and put back after it. */
interface Rule11Context extends OnThreads {
    ThreadLocal<String> USER = ThreadLocal.withInitial(() -> "nobody");

    ContextCarrier CARRIES_USER = () -> {
        String captured = USER.get();
        return new ContextCarrier.Captured() {
            @Override
            public <T> T call(Callable<T> task) throws Exception {
                String before = USER.get();
                USER.set(captured);
                try {
                    return task.call();
                } finally {
                    USER.set(before);
                }
            }
        };
    };

    @Test
    default void aTaskSeesWhatTheForkingThreadHadWhenItForked() throws InterruptedException {
        USER.set("ada");
        try {
            groups(builder().contextCarrier(CARRIES_USER)).run("group", group -> {
                Task<String> first = group.fork(USER::get);
                USER.set("grace");
                Task<String> second = group.fork(USER::get);
                assertThat(first.await()).isEqualTo("ada");
                assertThat(second.await()).isEqualTo("grace");
                assertThat(USER.get()).isEqualTo("grace");
            });
        } finally {
            USER.remove();
        }
    }

    @Test
    default void aTasksChangeStaysInTheTask() throws InterruptedException {
        USER.set("ada");
        try {
            groups(builder().contextCarrier(CARRIES_USER)).run("group", group -> {
                group.fork(() -> USER.set("mallory")).await();
                assertThat(USER.get()).isEqualTo("ada");
                assertThat(group.fork(USER::get).await()).isEqualTo("ada");
            });
        } finally {
            USER.remove();
        }
    }

    @Test
    default void callbacksAndObserversSeeTheTasksContext() throws InterruptedException {
        Trail trail = new Trail();
        TaskGroupObserver observer = new TaskGroupObserver() {
            @Override
            public void taskStarted(Task<?> task, Duration waited) {
                trail.add("started as " + USER.get());
            }

            @Override
            public void taskEnded(Task<?> task, Duration ran) {
                trail.add("ended as " + USER.get());
            }
        };
        USER.set("ada");
        try {
            groups(builder().contextCarrier(CARRIES_USER).observer(observer))
                    .run(
                            "group",
                            group -> group.fork(() -> {
                                Task.current()
                                        .orElseThrow()
                                        .onCompletion(task -> trail.add("callback as " + USER.get()));
                                USER.set("changed");
                            }));
        } finally {
            USER.remove();
        }
        assertThat(trail.steps()).contains("started as ada", "callback as ada", "ended as ada");
    }

    @Test
    default void aCarrierThatThrowsAtForkFailsThatTask() {
        ContextCarrier broken = () -> {
            throw new IllegalStateException("broken carrier");
        };
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class,
                () -> groups(builder().contextCarrier(broken)).run("group", group -> group.fork("task", () -> 1)));
        assertThat(failed.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.taskName()).isEqualTo("task");
            assertThat(failure.exception()).hasMessage("broken carrier");
        });
    }

    @Test
    default void aCarrierThatThrowsInTheTaskFailsThatTaskAndNotTheThread() throws InterruptedException {
        boolean[] breaks = {true};
        ContextCarrier broken = () -> new ContextCarrier.Captured() {
            @Override
            public <T> T call(Callable<T> task) throws Exception {
                if (breaks[0]) {
                    throw new IllegalStateException("broken carrier");
                }
                return task.call();
            }
        };
        TaskGroupFactory groups = groups(builder().contextCarrier(broken));
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class, () -> groups.run("group", group -> group.fork("task", () -> 1)));
        assertThat(failed).hasRootCauseMessage("broken carrier");
        breaks[0] = false;
        assertThat(groups.<Integer, RuntimeException>call(
                        "next", group -> group.fork(() -> 2).await()))
                .isEqualTo(2);
    }

    @Test
    default void theFirstCarrierIsTheOutermost() throws InterruptedException {
        Trail trail = new Trail();
        groups(builder().contextCarrier(telling(trail, "outer")).contextCarrier(telling(trail, "inner")))
                .run("group", group -> group.fork(() -> trail.add("task")));
        assertThat(trail.steps()).containsExactly("outer in", "inner in", "task", "inner out", "outer out");
    }

    private static ContextCarrier telling(Trail trail, String name) {
        return () -> new ContextCarrier.Captured() {
            @Override
            public <T> T call(Callable<T> task) throws Exception {
                trail.add(name + " in");
                try {
                    return task.call();
                } finally {
                    trail.add(name + " out");
                }
            }
        };
    }
}
