package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class ScopedValueCarrierTest {
    @Test
    @EnabledForJreRange(max = JRE.JAVA_24, disabledReason = "scoped values are final from JDK 25 on")
    void earlierJdksAreRefusedWithASentence() {
        assertThatThrownBy(ContextCarrier::scopedValues)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("scoped values are final from JDK 25 on and this is JDK "
                        + Runtime.version().feature());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_25, disabledReason = "scoped values are final from JDK 25 on")
    void aTaskSeesWhatWasBoundWhenItWasForked() throws Exception {
        Object bound = newScopedValue();
        Object unbound = newScopedValue();
        AtomicReference<Object> seen = new AtomicReference<>();
        try (TaskGroupFactory groups = TaskGroupFactory.builder()
                .contextCarrier(ContextCarrier.scopedValues(bound, unbound))
                .build()) {
            runWhere(bound, "ada", () -> {
                try {
                    groups.run(
                            "group",
                            group -> group.fork(() -> {
                                assertThat(isBound(unbound)).isFalse();
                                seen.set(get(bound));
                            }));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }
        assertThat(seen).hasValue("ada");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_25, disabledReason = "scoped values are final from JDK 25 on")
    void aTasksFailureComesThroughTheBindingAsItIs() throws Exception {
        Object bound = newScopedValue();
        Exception failure = new Exception("checked");
        runWhere(bound, "ada", () -> {
            ContextCarrier.Captured captured =
                    ContextCarrier.scopedValues(bound).capture();
            assertThatThrownBy(() -> captured.call(() -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
        });
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_25, disabledReason = "scoped values are final from JDK 25 on")
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> ContextCarrier.scopedValues("no scoped value"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scopedValues[0] is a java.lang.String");
    }

    private static Object newScopedValue() throws ReflectiveOperationException {
        return scopedValueType().getMethod("newInstance").invoke(null);
    }

    private static void runWhere(Object scopedValue, Object value, Runnable code) throws ReflectiveOperationException {
        Method where = scopedValueType().getMethod("where", scopedValueType(), Object.class);
        Object carrier = where.invoke(null, scopedValue, value);
        where.getReturnType().getMethod("run", Runnable.class).invoke(carrier, code);
    }

    private static Object get(Object scopedValue) throws ReflectiveOperationException {
        return scopedValueType().getMethod("get").invoke(scopedValue);
    }

    private static boolean isBound(Object scopedValue) throws ReflectiveOperationException {
        return (boolean) scopedValueType().getMethod("isBound").invoke(scopedValue);
    }

    private static Class<?> scopedValueType() throws ClassNotFoundException {
        return Class.forName("java.lang.ScopedValue");
    }
}
