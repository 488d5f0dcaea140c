package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadNameTest {
    @Test
    void isTheNameOfTheThread() {
        assertThat(ThreadName.of(new Thread("worker"))).isEqualTo("worker");
    }

    @Test
    void isTheNumberOfAThreadWithoutAName() {
        Thread nameless = new Thread("");
        assertThat(ThreadName.of(nameless)).isEqualTo("#" + nameless.getId());
    }
}
