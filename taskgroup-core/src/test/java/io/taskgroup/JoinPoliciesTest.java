package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinPoliciesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    policy         | forked | succeeded | failed | cancelled | cancels the rest | is a success
                    ALL_SUCCESSFUL | 0      | 0         | 0      | 0         | false            | true
                    ALL_SUCCESSFUL | 3      | 0         | 0      | 0         | false            | true
                    ALL_SUCCESSFUL | 3      | 1         | 0      | 0         | false            | true
                    ALL_SUCCESSFUL | 3      | 3         | 0      | 0         | false            | true
                    ALL_SUCCESSFUL | 3      | 0         | 1      | 0         | true             | false
                    ALL_SUCCESSFUL | 3      | 0         | 0      | 1         | true             | false
                    ALL_SUCCESSFUL | 3      | 1         | 1      | 1         | true             | false
                    ALL_SUCCESSFUL | 3      | 2         | 1      | 0         | true             | false
                    ALL_SUCCESSFUL | 3      | 2         | 0      | 1         | true             | false
                    NO_FAILURES    | 0      | 0         | 0      | 0         | false            | true
                    NO_FAILURES    | 3      | 3         | 0      | 0         | false            | true
                    NO_FAILURES    | 3      | 0         | 0      | 3         | false            | true
                    NO_FAILURES    | 3      | 2         | 0      | 1         | false            | true
                    NO_FAILURES    | 3      | 2         | 1      | 0         | true             | false
                    NO_FAILURES    | 3      | 0         | 1      | 2         | true             | false
                    """)
    void isAskedAboutEveryTaskAndAtTheEnd(
            JoinPolicies policy,
            int forked,
            int succeeded,
            int failed,
            int cancelled,
            boolean cancelsTheRest,
            boolean isSuccess) {
        TaskCounts counts = new TaskCounts(forked, succeeded, failed, cancelled);
        assertThat(policy.cancelsRest(null, counts)).isEqualTo(cancelsTheRest);
        assertThat(policy.isSuccess(counts)).isEqualTo(isSuccess);
    }

    @Test
    void theDefaultIsThatAllMustSucceed() {
        assertThat(JoinPolicy.allSuccessful()).isSameAs(JoinPolicies.ALL_SUCCESSFUL);
        assertThat(TaskGroupOptions.named("group").policy()).isSameAs(JoinPolicies.ALL_SUCCESSFUL);
    }

    @Test
    void cpythonsOwnRuleLetsACancelledTaskGo() {
        assertThat(JoinPolicy.noFailures()).isSameAs(JoinPolicies.NO_FAILURES);
    }

    @Test
    void aPolicyIsCalledByItsNameInMessages() {
        assertThat(JoinPolicy.allSuccessful()).hasToString("all-successful");
        assertThat(JoinPolicy.noFailures()).hasToString("no-failures");
    }
}
