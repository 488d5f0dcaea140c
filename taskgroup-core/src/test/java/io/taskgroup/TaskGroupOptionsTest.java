package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskGroupOptionsTest {
    private static final TaskGroupOptions UNSET = TaskGroupOptions.named("order");
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Every value but the name: a new one needs a line here, and has all of the rules below. */
    static List<Value<?>> values() {
        return List.of(
                new Value<Optional<Duration>>(
                        "timeout",
                        TaskGroupOptions::timeout,
                        (options, timeout) -> timeout.map(options::withTimeout).orElseGet(options::withoutTimeout),
                        Optional.empty(),
                        Optional.of(SECOND),
                        Optional.empty()),
                new Value<>(
                        "onTimeout",
                        TaskGroupOptions::onTimeout,
                        TaskGroupOptions::withOnTimeout,
                        OnTimeout.FAIL,
                        OnTimeout.MOVE_ON,
                        OnTimeout.FAIL),
                new Value<>(
                        "maxConcurrency",
                        TaskGroupOptions::maxConcurrency,
                        (options, tasks) -> options.withMaxConcurrency(tasks.getAsInt()),
                        OptionalInt.empty(),
                        OptionalInt.of(1),
                        OptionalInt.of(Integer.MAX_VALUE)),
                new Value<>(
                        "policy",
                        TaskGroupOptions::policy,
                        TaskGroupOptions::withPolicy,
                        JoinPolicy.allSuccessful(),
                        JoinPolicy.noFailures(),
                        JoinPolicy.allSuccessful()),
                new Value<>(
                        "cancelMode",
                        TaskGroupOptions::cancelMode,
                        TaskGroupOptions::withCancelMode,
                        CancelMode.INTERRUPT,
                        CancelMode.COOPERATIVE,
                        CancelMode.INTERRUPT),
                new Value<>(
                        "stragglerWarning",
                        TaskGroupOptions::stragglerWarning,
                        TaskGroupOptions::withStragglerWarning,
                        Duration.ofSeconds(10),
                        SECOND,
                        Duration.ofSeconds(10)));
    }

    /**
     * A value of the options.
     *
     * @param byDefault what it is if nobody sets it
     * @param one what it may be set to, not the default
     * @param other what else it may be set to: where there is a way to say it, what is the default anyhow
     */
    record Value<V>(
            String name,
            Function<TaskGroupOptions, V> getter,
            BiFunction<TaskGroupOptions, V, TaskGroupOptions> setter,
            V byDefault,
            V one,
            V other) {
        V in(TaskGroupOptions options) {
            return getter.apply(options);
        }

        TaskGroupOptions setTo(V value, TaskGroupOptions options) {
            return setter.apply(options, value);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    // ---- one value

    @ParameterizedTest
    @MethodSource("values")
    <V> void aValueThatIsNotSetIsTheLibrarysDefault(Value<V> value) {
        assertThat(value.in(UNSET)).isEqualTo(value.byDefault);
    }

    @ParameterizedTest
    @MethodSource("values")
    <V> void aValueIsWhatItWasSetToLast(Value<V> value) {
        assertThat(value.in(value.setTo(value.one, UNSET))).isEqualTo(value.one);
        assertThat(value.in(value.setTo(value.other, value.setTo(value.one, UNSET))))
                .isEqualTo(value.other);
    }

    @ParameterizedTest
    @MethodSource("values")
    <V> void settingAValueChangesNoOtherAndNotTheOriginal(Value<V> value) {
        TaskGroupOptions set = value.setTo(value.one, UNSET);
        assertThat(set.name()).isEqualTo("order");
        assertThat(value.in(UNSET)).isEqualTo(value.byDefault);
        othersThan(value)
                .forEach(other -> assertThat(other.in(set)).as(other.name).isEqualTo(other.byDefault));
    }

    @ParameterizedTest
    @MethodSource("values")
    <V> void settingAValueKeepsTheOthersThatAreSet(Value<V> value) {
        TaskGroupOptions all = value.setTo(value.other, allSet("order"));
        othersThan(value)
                .forEach(other -> assertThat(other.in(all)).as(other.name).isEqualTo(other.one));
    }

    @ParameterizedTest
    @MethodSource("values")
    <V> void optionsAreEqualIfTheSameIsSet(Value<V> value) {
        TaskGroupOptions set = value.setTo(value.one, UNSET);
        assertThat(set)
                .isEqualTo(value.setTo(value.one, UNSET))
                .hasSameHashCodeAs(value.setTo(value.one, UNSET))
                .isNotEqualTo(UNSET)
                .isNotEqualTo(value.setTo(value.other, UNSET))
                .isNotEqualTo(set.withName("invoice"))
                .isNotEqualTo("order");
    }

    @ParameterizedTest
    @MethodSource("values")
    <V> void anotherNameKeepsTheValues(Value<V> value) {
        assertThat(value.in(allSet("order").withName("invoice"))).isEqualTo(value.one);
    }

    // ---- layers

    @ParameterizedTest
    @MethodSource("values")
    <V> void aValueThatIsSetWinsOverTheLowerLayer(Value<V> value) {
        TaskGroupOptions lower = value.setTo(value.one, TaskGroupOptions.named("lower"));
        assertThat(value.in(value.setTo(value.other, UNSET).over(lower))).isEqualTo(value.other);
        assertThat(value.in(value.setTo(value.one, UNSET).over(value.setTo(value.other, lower))))
                .isEqualTo(value.one);
    }

    @ParameterizedTest
    @MethodSource("values")
    <V> void aValueThatIsNotSetIsTheLowerLayers(Value<V> value) {
        assertThat(value.in(UNSET.over(value.setTo(value.one, UNSET)))).isEqualTo(value.one);
    }

    @ParameterizedTest
    @MethodSource("values")
    <V> void aValueThatNoLayerSetsStaysUnset(Value<V> value) {
        TaskGroupOptions neither = UNSET.over(UNSET);
        assertThat(value.in(neither)).isEqualTo(value.byDefault);
        assertThat(value.in(neither.over(allSet("lowest")))).isEqualTo(value.one);
    }

    @ParameterizedTest
    @MethodSource("values")
    <V> void layersMixValueByValue(Value<V> value) {
        TaskGroupOptions mixed = value.setTo(value.other, UNSET).over(allSet("lower"));
        assertThat(value.in(mixed)).isEqualTo(value.other);
        othersThan(value)
                .forEach(other -> assertThat(other.in(mixed)).as(other.name).isEqualTo(other.one));
    }

    @Test
    void theNameIsTheUpperLayers() {
        assertThat(UNSET.over(TaskGroupOptions.named("lower")).name()).isEqualTo("order");
    }

    @Test
    void noTimeoutWinsOverATimeoutBelow() {
        TaskGroupOptions lower = TaskGroupOptions.named("lower").withTimeout(SECOND);
        assertThat(UNSET.withoutTimeout().over(lower).timeout()).isEmpty();
        assertThat(UNSET.over(lower.withoutTimeout()).timeout()).isEmpty();
    }

    // ---- both in one

    @Test
    void aTimeoutWithWhatHappensThenSetsBoth() {
        TaskGroupOptions both = UNSET.withTimeout(SECOND, OnTimeout.MOVE_ON);
        assertThat(both.timeout()).contains(SECOND);
        assertThat(both.onTimeout()).isEqualTo(OnTimeout.MOVE_ON);
    }

    @Test
    void aTimeoutAloneLeavesWhatHappensThen() {
        assertThat(UNSET.withOnTimeout(OnTimeout.MOVE_ON).withTimeout(SECOND).onTimeout())
                .isEqualTo(OnTimeout.MOVE_ON);
        assertThat(UNSET.withTimeout(SECOND)
                        .over(UNSET.withOnTimeout(OnTimeout.MOVE_ON))
                        .onTimeout())
                .isEqualTo(OnTimeout.MOVE_ON);
    }

    // ---- rule 17

    @Test
    void whatIsWrongIsRefusedWithTheArgumentsName() {
        assertThatNullPointerException()
                .isThrownBy(() -> TaskGroupOptions.named(null))
                .withMessageContaining("groupName");
        assertThatNullPointerException().isThrownBy(() -> UNSET.withName(null)).withMessageContaining("groupName");
        assertThatNullPointerException()
                .isThrownBy(() -> UNSET.withTimeout(null))
                .withMessageContaining("timeout");
        assertThatNullPointerException()
                .isThrownBy(() -> UNSET.withTimeout(SECOND, null))
                .withMessageContaining("then");
        assertThatNullPointerException()
                .isThrownBy(() -> UNSET.withOnTimeout(null))
                .withMessageContaining("then");
        assertThatNullPointerException()
                .isThrownBy(() -> UNSET.withPolicy(null))
                .withMessageContaining("policy");
        assertThatNullPointerException()
                .isThrownBy(() -> UNSET.withCancelMode(null))
                .withMessageContaining("mode");
        assertThatNullPointerException()
                .isThrownBy(() -> UNSET.withStragglerWarning(null))
                .withMessageContaining("afterCancel");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UNSET.withStragglerWarning(Duration.ZERO))
                .withMessageContaining("afterCancel");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UNSET.withMaxConcurrency(0))
                .withMessageContaining("tasks");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UNSET.withMaxConcurrency(-1))
                .withMessageContaining("tasks");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskGroupOptions.named(" "))
                .withMessageContaining("groupName");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UNSET.withName(""))
                .withMessageContaining("groupName");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UNSET.withTimeout(Duration.ZERO))
                .withMessageContaining("timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UNSET.withTimeout(SECOND.negated(), OnTimeout.FAIL))
                .withMessageContaining("timeout");
    }

    // ---- text

    @ParameterizedTest
    @MethodSource("values")
    <V> void theTextShowsEveryValue(Value<V> value) {
        assertThat(UNSET.toString()).contains("name=order").contains(value.name + "=");
        assertThat(allSet("order").toString()).contains(value.name + "=" + text(value.one));
    }

    private static String text(Object value) {
        if (value instanceof OptionalInt number) {
            return String.valueOf(number.getAsInt());
        }
        return value instanceof Optional<?> optional ? optional.orElseThrow().toString() : value.toString();
    }

    // ---- fixture

    private static TaskGroupOptions allSet(String name) {
        TaskGroupOptions options = TaskGroupOptions.named(name);
        for (Value<?> value : values()) {
            options = setToOne(value, options);
        }
        return options;
    }

    private static <V> TaskGroupOptions setToOne(Value<V> value, TaskGroupOptions options) {
        return value.setTo(value.one, options);
    }

    private static Stream<Value<?>> othersThan(Value<?> value) {
        return values().stream().filter(other -> !other.name.equals(value.name));
    }
}
