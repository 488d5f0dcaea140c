package io.taskgroup.spring.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import io.taskgroup.ContextCarrier.Captured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ThreadLocalCarrierTest {
    private final ContextRegistry registry = new ContextRegistry();
    private final List<String> trail = new ArrayList<>();

    @AfterEach
    void leave_no_context_behind() {
        MDC.clear();
    }

    @Test
    void values_are_set_in_the_order_of_the_accessors_and_put_back_in_reverse() throws Exception {
        TrailedAccessor first = new TrailedAccessor("first", "a");
        TrailedAccessor second = new TrailedAccessor("second", "b");
        registry.registerThreadLocalAccessor(second);
        Captured captured = new ThreadLocalCarrier(registry, List.of(first)).capture();
        first.value = "a before";
        second.value = "b before";

        captured.call(() -> trail.add("task"));

        assertThat(trail).containsExactly("first = a", "second = b", "task", "second restored", "first restored");
        assertThat(first.value).isEqualTo("a before");
        assertThat(second.value).isEqualTo("b before");
    }

    @Test
    void where_neither_thread_has_a_value_nothing_is_touched() throws Exception {
        TrailedAccessor accessor = new TrailedAccessor("accessor", null);
        Captured captured = new ThreadLocalCarrier(registry, List.of(accessor)).capture();

        captured.call(() -> trail.add("task"));

        assertThat(trail).containsExactly("task");
    }

    @Test
    void new_threads_inherit_what_was_captured_if_that_is_nothing() {
        TrailedAccessor first = new TrailedAccessor("first", null);
        TrailedAccessor second = new TrailedAccessor("second", null);
        ThreadLocalCarrier carrier = new ThreadLocalCarrier(registry, List.of(first, second));
        assertThat(carrier.capture().isInherited()).isTrue();

        second.value = "b";
        assertThat(carrier.capture().isInherited()).isFalse();

        second.value = null;
        assertThat(carrier.capture().isInherited()).isTrue();
    }

    @Test
    void a_value_that_the_forking_thread_did_not_have_is_hidden_from_the_task_and_put_back() throws Exception {
        TrailedAccessor accessor = new TrailedAccessor("accessor", null);
        Captured captured = new ThreadLocalCarrier(registry, List.of(accessor)).capture();
        accessor.value = "before";

        assertThat(captured.call(() -> accessor.value == null)).isTrue();

        assertThat(accessor.value).isEqualTo("before");
        assertThat(trail).containsExactly("accessor = nothing", "accessor restored");
    }

    @Test
    void a_value_that_the_task_sets_where_there_was_none_is_removed() throws Exception {
        TrailedAccessor accessor = new TrailedAccessor("accessor", null);
        Captured captured = new ThreadLocalCarrier(registry, List.of(accessor)).capture();

        captured.call(() -> accessor.value = "the task's");

        assertThat(accessor.value).isNull();
    }

    @Test
    void an_accessor_that_throws_fails_the_task_and_what_was_set_before_it_is_put_back() {
        TrailedAccessor first = new TrailedAccessor("first", "a");
        TrailedAccessor broken = new TrailedAccessor("broken", "b") {
            @Override
            public void setValue(String value) {
                throw new IllegalStateException("broken accessor");
            }
        };
        Captured captured = new ThreadLocalCarrier(registry, List.of(first, broken)).capture();
        first.value = "before";

        assertThatIllegalStateException()
                .isThrownBy(() -> captured.call(() -> trail.add("task")))
                .withMessage("broken accessor");

        assertThat(first.value).isEqualTo("before");
        assertThat(trail).containsExactly("first = a", "first restored");
    }

    @Test
    void an_accessor_that_cannot_put_back_does_not_keep_the_others_from_it() {
        TrailedAccessor first = new TrailedAccessor("first", "a");
        TrailedAccessor broken = new TrailedAccessor("broken", "b") {
            @Override
            public void restore(String before) {
                throw new IllegalStateException("broken accessor");
            }
        };
        Captured captured = new ThreadLocalCarrier(registry, List.of(first, broken)).capture();
        first.value = "before";

        assertThatIllegalStateException().isThrownBy(() -> captured.call(() -> trail.add("task")));

        assertThat(first.value).isEqualTo("before");
    }

    @Test
    void an_accessor_that_the_application_registers_takes_the_place_of_ours_with_its_key() throws Exception {
        ThreadLocalCarrier carrier = new ThreadLocalCarrier(registry, List.of(new Slf4jThreadLocalAccessor()));
        MDC.put("request", "r1");
        MDC.put("secret", "s1");
        assertThat(elsewhere(carrier)).containsOnlyKeys("request", "secret");

        registry.registerThreadLocalAccessor(new Slf4jThreadLocalAccessor("request"));
        assertThat(elsewhere(carrier)).containsOnlyKeys("request");

        registry.removeThreadLocalAccessor("cp.slf4j");
        assertThat(elsewhere(carrier)).containsOnlyKeys("request", "secret");
    }

    @Test
    void two_accessors_of_one_thread_local_leave_nothing_behind() throws Exception {
        registry.registerThreadLocalAccessor(
                "the application's own", MDC::getCopyOfContextMap, MDC::setContextMap, MDC::clear);
        ThreadLocalCarrier carrier = new ThreadLocalCarrier(registry, List.of(new Slf4jThreadLocalAccessor()));
        MDC.put("request", "r1");
        Captured captured = carrier.capture();
        MDC.setContextMap(Map.of("owner", "pool"));

        assertThat(captured.call(MDC::getCopyOfContextMap)).containsOnlyKeys("request");

        assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("owner");
    }

    private static Map<String, String> elsewhere(ThreadLocalCarrier carrier) throws Exception {
        Map<String, String> here = MDC.getCopyOfContextMap();
        Captured captured = carrier.capture();
        MDC.clear();
        try {
            return captured.call((Callable<Map<String, String>>) MDC::getCopyOfContextMap);
        } finally {
            MDC.setContextMap(here);
        }
    }

    private class TrailedAccessor implements ThreadLocalAccessor<String> {
        private final String name;
        String value;

        TrailedAccessor(String name, String value) {
            this.name = name;
            this.value = value;
        }

        @Override
        public Object key() {
            return name;
        }

        @Override
        public String getValue() {
            return value;
        }

        @Override
        public void setValue(String value) {
            trail.add(name + " = " + value);
            this.value = value;
        }

        @Override
        public void setValue() {
            trail.add(name + " = nothing");
            value = null;
        }

        @Override
        public void restore(String before) {
            trail.add(name + " restored");
            value = before;
        }

        @Override
        public void restore() {
            trail.add(name + " restored");
            value = null;
        }
    }
}
