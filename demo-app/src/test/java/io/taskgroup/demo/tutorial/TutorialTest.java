package io.taskgroup.demo.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskgroup.GroupOutcome;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TutorialTest {
    private final TaskGroupFactory groups = TaskGroupFactory.create();
    private final Tutorial tutorial = new Tutorial(groups, new TutorialProperties(Duration.ofMillis(50)));

    @AfterEach
    void close() {
        groups.close();
    }

    @Test
    void theBasicExampleGoesOnWhenBothTasksHaveEnded() throws InterruptedException {
        TutorialRun run = tutorial.basic();

        assertThat(run.outcome()).isEqualTo(GroupOutcome.SUCCEEDED);
        assertThat(run.tasks()).isEqualTo(Map.of("quick", TaskState.SUCCEEDED, "slow", TaskState.SUCCEEDED));
        assertThat(story(run))
                .contains("caller has forked both tasks, and waits for them")
                .contains("quick works for 50 ms", "quick ends SUCCEEDED")
                .contains("slow works for 100 ms", "slow ends SUCCEEDED")
                .endsWith("caller goes on: both tasks have ended");
    }

    @Test
    void inTheFailureExampleTheSiblingIsCancelled() throws InterruptedException {
        TutorialRun run = tutorial.failure();

        assertThat(run.outcome()).isEqualTo(GroupOutcome.FAILED);
        assertThat(run.tasks()).isEqualTo(Map.of("failing", TaskState.FAILED, "sibling", TaskState.CANCELLED));
        assertThat(story(run))
                .contains("failing ends FAILED: java.lang.IllegalStateException: Something bad happened")
                .anyMatch(line -> line.startsWith("sibling ends CANCELLED: java.lang.InterruptedException"))
                .last()
                .asString()
                .startsWith("caller catches: Group 'tutorial-failure' failed: 1 failure ('failing'");
    }

    @Test
    void theResultsExampleCollectsFiveSquares() throws InterruptedException {
        TutorialRun run = tutorial.results();

        assertThat(run.outcome()).isEqualTo(GroupOutcome.SUCCEEDED);
        assertThat(run.results()).containsExactlyInAnyOrder(1, 4, 9, 16, 25);
        assertThat(run.tasks().values()).hasSize(5).containsOnly(TaskState.SUCCEEDED);
        assertThat(story(run)).endsWith("caller has all results: " + run.results());
    }

    @Test
    void theTimesOfALogNeverGoBack() throws InterruptedException {
        assertThat(tutorial.results().log())
                .extracting(TutorialRun.Event::millis)
                .isSorted();
    }

    private static List<String> story(TutorialRun run) {
        return run.log().stream().map(event -> event.who() + " " + event.what()).toList();
    }
}
