package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuppressionTest {
    private final OutOfMemoryError fatal = new OutOfMemoryError("no heap");
    private final IllegalStateException other = new IllegalStateException("other");
    private final TaskFailedException awaited = new TaskFailedException("awaited what was fatal", fatal);

    private static TaskGroupException report(String group, Throwable... failures) {
        return new TaskGroupException(
                group,
                Arrays.stream(failures)
                        .map(failure -> new TaskFailure("task", failure))
                        .toList());
    }

    @Test
    void anExceptionIsAddedOnce() {
        Suppression.add(fatal, other);
        Suppression.add(fatal, other);
        assertThat(fatal).hasSuppressedException(other);
        assertThat(fatal.getSuppressed()).hasSize(1);
    }

    @Test
    void anExceptionThatLeadsBackIsNotAdded() {
        Suppression.add(fatal, fatal);
        Suppression.add(fatal, awaited);
        assertThat(fatal).hasNoSuppressedExceptions();
    }

    @Test
    void ofAReportThePartThatDoesNotLeadBackIsAdded() {
        Suppression.add(fatal, report("group", awaited, other));
        assertThat(fatal.getSuppressed()).singleElement().satisfies(added -> {
            assertThat(((TaskGroupException) added).failures()).containsExactly(new TaskFailure("task", other));
            assertThat(added.getSuppressed()).isEmpty();
        });
    }

    /** A body left a group with an exception of another one: Java has added the one to the other. */
    @Test
    void ofWhatIsSuppressedInAReportThePartThatDoesNotLeadBackIsAddedToo() {
        IllegalArgumentException first = new IllegalArgumentException("first");
        IllegalArgumentException second = new IllegalArgumentException("second");
        TaskGroupException leaving = report("leaving", first, second);
        leaving.addSuppressed(report("left", awaited, other));
        Suppression.add(fatal, leaving);
        assertThat(fatal.getSuppressed()).singleElement().satisfies(added -> {
            assertThat(((TaskGroupException) added).failures())
                    .isEqualTo(List.of(new TaskFailure("task", first), new TaskFailure("task", second)));
            assertThat(added.getCause()).isSameAs(first);
            assertThat(added.getSuppressed()).hasSize(2).startsWith(second);
            assertThat(((TaskGroupException) added.getSuppressed()[1]).failures())
                    .containsExactly(new TaskFailure("task", other));
        });
    }
}
