package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class VirtualThreadsTest {
    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void before21TheyAreMissingAndTheMessageSaysWhatToUse() {
        assertThat(VirtualThreads.AVAILABLE).isFalse();
        assertThatThrownBy(VirtualThreads::checkAvailable)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("JDK 21")
                .hasMessageContaining("JDK " + Runtime.version().feature())
                .hasMessageContaining("platformThreads()");
        assertThatThrownBy(() -> VirtualThreads.factory("task-")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void from21OnTheyAreThere() {
        assertThat(VirtualThreads.AVAILABLE).isTrue();
        VirtualThreads.checkAvailable();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void theFactoryMakesVirtualThreadsThatRunTheTask() throws Exception {
        int[] ran = new int[1];
        Thread thread = VirtualThreads.factory("task-").newThread(() -> ran[0]++);
        assertThat(isVirtual(thread)).isTrue();
        thread.start();
        thread.join();
        assertThat(ran[0]).isEqualTo(1);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void theFactoryNumbersItsThreadsFromOne() {
        ThreadFactory factory = VirtualThreads.factory("task-");
        assertThat(factory.newThread(() -> {}).getName()).isEqualTo("task-1");
        assertThat(factory.newThread(() -> {}).getName()).isEqualTo("task-2");
        assertThat(VirtualThreads.factory("task-").newThread(() -> {}).getName())
                .as("of another factory")
                .isEqualTo("task-1");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void withoutAPrefixThreadsHaveNoName() {
        assertThat(VirtualThreads.factory(null).newThread(() -> {}).getName()).isEmpty();
    }

    @Test
    void aPlatformThreadIsNotVirtual() {
        assertThat(VirtualThreads.isCurrent()).isFalse();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aVirtualThreadKnowsThatItIs() throws Exception {
        boolean[] is = new boolean[1];
        Thread thread = VirtualThreads.factory(null).newThread(() -> is[0] = VirtualThreads.isCurrent());
        thread.start();
        thread.join();
        assertThat(is[0]).isTrue();
    }

    /** {@code Thread.isVirtual()} is not in the API of JDK 17. */
    static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
        return (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    }
}
