package io.taskgroup.demo.tutorial;

import io.taskgroup.GroupOutcome;
import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;

/** The three examples of the asyncio tutorial. */
@Service
class Tutorial {
    private final TaskGroupFactory groups;
    private final Duration step;

    Tutorial(TaskGroupFactory groups, TutorialProperties properties) {
        this.groups = groups;
        this.step = properties.step();
    }

    /** Two tasks run together; the group ends when both have ended. */
    TutorialRun basic() throws InterruptedException {
        TutorialLog log = new TutorialLog();
        groups.run("tutorial-basic", group -> {
            group.fork("quick", () -> work(log, step)).onCompletion(log::ended);
            group.fork("slow", () -> work(log, step.multipliedBy(2))).onCompletion(log::ended);
            log.say("has forked both tasks, and waits for them");
        });
        log.say("goes on: both tasks have ended");
        return log.toRun(GroupOutcome.SUCCEEDED, List.of());
    }

    /** One task fails; the other is cancelled long before it would be done. */
    TutorialRun failure() throws InterruptedException {
        TutorialLog log = new TutorialLog();
        try {
            groups.run("tutorial-failure", group -> {
                group.fork("failing", () -> fail(log)).onCompletion(log::ended);
                group.fork("sibling", () -> work(log, step.multipliedBy(10))).onCompletion(log::ended);
                log.say("has forked both tasks, and waits for them");
            });
            return log.toRun(GroupOutcome.SUCCEEDED, List.of());
        } catch (TaskGroupException failed) {
            log.say("catches: " + failed.getMessage());
            return log.toRun(GroupOutcome.FAILED, List.of());
        }
    }

    /** Five squares are computed in parallel, and collected as they come. */
    TutorialRun results() throws InterruptedException {
        TutorialLog log = new TutorialLog();
        List<Integer> results = new ArrayList<>(); // a plain list will do: callbacks run one at a time
        groups.run("tutorial-results", group -> {
            for (int number : List.of(1, 2, 3, 4, 5)) {
                group.fork("square of " + number, () -> square(log, number))
                        .onCompletion(log::ended)
                        .onCompletion(task -> results.add(task.result()));
            }
        });
        log.say("has all results: " + results);
        return log.toRun(GroupOutcome.SUCCEEDED, results);
    }

    private static void work(TutorialLog log, Duration time) throws InterruptedException {
        log.say("works for " + time.toMillis() + " ms");
        Thread.sleep(time.toMillis());
    }

    private void fail(TutorialLog log) throws InterruptedException {
        work(log, step);
        throw new IllegalStateException("Something bad happened");
    }

    private int square(TutorialLog log, int number) throws InterruptedException {
        work(log, step);
        return number * number;
    }
}
