package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records what is told of each task, however many threads tell it. */
final class Stories implements TaskGroupObserver {
    private final Map<Task<?>, List<String>> stories = new ConcurrentHashMap<>();

    private void add(Task<?> task, String step) {
        stories.computeIfAbsent(task, unknown -> new CopyOnWriteArrayList<>()).add(step);
    }

    Set<Task<?>> tasks() {
        return stories.keySet();
    }

    /**
     * Each task was forked first and ended last; in between it may have started and been asked to stop, in any order. One
     * that fork did not return was rejected by its executor: it never started, and nobody had asked it.
     */
    void areWhole(Collection<Task<?>> returned) {
        stories.forEach((task, steps) -> {
            List<String> expected = new ArrayList<>(List.of("forked"));
            if (returned.contains(task) && task.isCancelRequested()) {
                expected.add("asked");
            }
            if (returned.contains(task) && (task.state() == TaskState.SUCCEEDED || steps.contains("started"))) {
                expected.add("started");
            }
            expected.add("ended");
            assertThat(steps)
                    .as("the story of " + task)
                    .startsWith("forked")
                    .endsWith("ended")
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(task.state().isTerminal()).isTrue();
        });
    }

    @Override
    public void taskForked(Task<?> task) {
        add(task, "forked");
    }

    @Override
    public void taskStarted(Task<?> task, Duration waited) {
        add(task, "started");
    }

    @Override
    public void taskCancelRequested(Task<?> task, CancelReason reason) {
        add(task, "asked");
    }

    @Override
    public void taskEnded(Task<?> task, Duration ran) {
        add(task, "ended");
    }
}
