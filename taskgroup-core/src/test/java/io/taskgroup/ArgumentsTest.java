package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 17: what is refused, and that the message names the argument. */
class ArgumentsTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "product-page", " with spaces around ", "日本"})
    void aNameWithSomethingInItIsTakenAsItIs(String name) {
        assertThat(Arguments.name(name, "groupName")).isSameAs(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r\n", "\u2003"})
    void aBlankNameIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.name(name, "groupName"))
                .withMessageStartingWith("groupName ");
    }

    @Test
    void aNameThatIsNullIsRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> Arguments.name(null, "groupName"))
                .withMessage("groupName");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.000000001S", "PT1S", "PT2562047788015215H30M7.999999999S"})
    void aPositiveDurationIsTakenAsItIs(Duration duration) {
        assertThat(Arguments.positive(duration, "timeout")).isSameAs(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-0.000000001S", "PT-1S", "PT-2562047788015215H-30M-8S"})
    void aDurationThatIsNotPositiveIsRefused(Duration duration) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.positive(duration, "timeout"))
                .withMessageStartingWith("timeout ")
                .withMessageContaining(duration.toString());
    }

    @Test
    void aDurationThatIsNullIsRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> Arguments.positive(null, "timeout"))
                .withMessage("timeout");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, Integer.MAX_VALUE})
    void aPositiveNumberIsTakenAsItIs(int number) {
        assertThat(Arguments.positive(number, "tasks")).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aNumberThatIsNotPositiveIsRefused(int number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.positive(number, "tasks"))
                .withMessageStartingWith("tasks ")
                .withMessageContaining(String.valueOf(number));
    }

    @Test
    void elementsAreCopiedInTheOrderGiven() {
        List<String> given = new ArrayList<>(List.of("b", "a", "b"));
        List<String> copy = Arguments.elements(given, "tasks");
        given.clear();
        assertThat(copy).containsExactly("b", "a", "b");
        assertThat(Arguments.elements(Set.of(), "tasks")).isEmpty();
    }

    @Test
    void elementsThatAreNullAreRefusedWithTheirPlace() {
        assertThatNullPointerException()
                .isThrownBy(() -> Arguments.elements(Arrays.asList("a", "b", null, null), "tasks"))
                .withMessageStartingWith("tasks ")
                .withMessageContaining("2");
        assertThatNullPointerException()
                .isThrownBy(() -> Arguments.elements(null, "tasks"))
                .withMessage("tasks");
    }
}
