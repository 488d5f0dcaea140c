package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoinPoliciesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    policy         | forked | succeeded | failed | cancelled | cancels the rest | is a success
                    all-successful | 0      | 0         | 0      | 0         | false            | true
                    all-successful | 3      | 0         | 0      | 0         | false            | true
                    all-successful | 3      | 1         | 0      | 0         | false            | true
                    all-successful | 3      | 3         | 0      | 0         | false            | true
                    all-successful | 3      | 0         | 1      | 0         | true             | false
                    all-successful | 3      | 0         | 0      | 1         | true             | false
                    all-successful | 3      | 1         | 1      | 1         | true             | false
                    all-successful | 3      | 2         | 1      | 0         | true             | false
                    all-successful | 3      | 2         | 0      | 1         | true             | false

                    no-failures    | 0      | 0         | 0      | 0         | false            | true
                    no-failures    | 3      | 3         | 0      | 0         | false            | true
                    no-failures    | 3      | 0         | 0      | 3         | false            | true
                    no-failures    | 3      | 2         | 0      | 1         | false            | true
                    no-failures    | 3      | 2         | 1      | 0         | true             | false
                    no-failures    | 3      | 0         | 1      | 2         | true             | false

                    any-successful | 0      | 0         | 0      | 0         | false            | true
                    any-successful | 3      | 0         | 2      | 0         | false            | false
                    any-successful | 3      | 0         | 3      | 0         | false            | false
                    any-successful | 3      | 0         | 0      | 3         | false            | false
                    any-successful | 3      | 0         | 1      | 2         | false            | false
                    any-successful | 3      | 1         | 0      | 0         | true             | true
                    any-successful | 3      | 1         | 2      | 0         | true             | true
                    any-successful | 3      | 1         | 0      | 2         | true             | true
                    any-successful | 3      | 3         | 0      | 0         | true             | true

                    quorum(2)      | 0      | 0         | 0      | 0         | false            | false
                    quorum(2)      | 1      | 1         | 0      | 0         | false            | false
                    quorum(2)      | 3      | 1         | 0      | 0         | false            | false
                    quorum(2)      | 3      | 1         | 1      | 1         | false            | false
                    quorum(2)      | 3      | 0         | 3      | 0         | false            | false
                    quorum(2)      | 3      | 2         | 0      | 0         | true             | true
                    quorum(2)      | 3      | 2         | 1      | 0         | true             | true
                    quorum(2)      | 3      | 2         | 0      | 1         | true             | true
                    quorum(2)      | 3      | 3         | 0      | 0         | true             | true

                    await-all      | 0      | 0         | 0      | 0         | false            | true
                    await-all      | 3      | 3         | 0      | 0         | false            | true
                    await-all      | 3      | 0         | 3      | 0         | false            | true
                    await-all      | 3      | 0         | 0      | 3         | false            | true
                    """)
    void isAskedAboutEveryTaskAndAtTheEnd(
            String policyName,
            int forked,
            int succeeded,
            int failed,
            int cancelled,
            boolean cancelsTheRest,
            boolean isSuccess) {
        JoinPolicy policy = policy(policyName);
        TaskCounts counts = new TaskCounts(forked, succeeded, failed, cancelled);
        assertThat(policy.cancelsRest(null, counts)).isEqualTo(cancelsTheRest);
        assertThat(policy.isSuccess(counts)).isEqualTo(isSuccess);
    }

    /** The name in messages is the one that a user would write, more or less. */
    private static JoinPolicy policy(String name) {
        return Stream.of(
                        JoinPolicy.allSuccessful(),
                        JoinPolicy.noFailures(),
                        JoinPolicy.anySuccessful(),
                        JoinPolicy.quorum(2),
                        JoinPolicy.awaitAll())
                .filter(policy -> policy.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theDefaultIsThatAllMustSucceed() {
        assertThat(TaskGroupOptions.named("group").policy()).isSameAs(JoinPolicy.allSuccessful());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aQuorumOfNobodyIsRefused(int successes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JoinPolicy.quorum(successes))
                .withMessageContaining("successes");
    }
}
