package io.taskgroup.benchmarks;

import static io.taskgroup.benchmarks.Measured.OURS;
import static io.taskgroup.benchmarks.Measured.RAW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class GoalTest {
    private final Results results = new Measured().with(OURS, 400_000, 110_000).with(RAW, 404_000, 100_000).results;

    @Test
    void aRatioIsMetUpToItsLimit() {
        assertThat(Goal.ratio("G1", OURS, RAW, 1.10).judge(results).isMet()).isTrue();
        assertThat(Goal.ratio("G1", OURS, RAW, 1.09).judge(results).isMet()).isFalse();
    }

    @Test
    void aRatioShowsTheValueATaskBesideIt() {
        Verdict verdict = Goal.ratio("G1", OURS, RAW, 1.10).judge(results);
        assertThat(verdict.value()).isEqualTo(110);
        assertThat(verdict.judged()).isEqualTo(1.1);
    }

    @Test
    void anAbsoluteGoalIsJudgedByTheValueATask() {
        assertThat(Goal.absolute("G1", OURS, Metric.ALLOCATION, 400)
                        .judge(results)
                        .isMet())
                .isTrue();
        assertThat(Goal.absolute("G1", OURS, Metric.ALLOCATION, 399)
                        .judge(results)
                        .isMet())
                .isFalse();
    }

    @Test
    void anAbsoluteGoalForAGroupIsNotDividedByItsTasks() {
        assertThat(Goal.absolute("G2", OURS, Metric.GROUP_ALLOCATION, 1)
                        .judge(results)
                        .judged())
                .isEqualTo(400_000);
    }

    @Test
    void aRatioOfTwoSizesComparesTheTimeATask() {
        Subject large = OURS.of(100_000);
        Results both = new Measured().with(OURS, 0, 100_000).with(large, 0, 13_000_000).results;
        assertThat(Goal.ratio("G9", large, OURS, 1.3).judge(both).judged()).isEqualTo(1.3);
    }

    @Test
    void tasksOfNestedGroupsAreCountedOnEveryLevel() {
        assertThat(Workload.NESTED_GROUPS.tasks(10)).isEqualTo(10 + 100 + 1000);
    }

    @Test
    void aSubjectThatWasNotMeasuredIsNamed() {
        Goal goal = Goal.ratio("G1", OURS, OURS.by("jox"), 1);
        assertThatIllegalStateException().isThrownBy(() -> goal.judge(results)).withMessageContaining("jox");
    }
}
