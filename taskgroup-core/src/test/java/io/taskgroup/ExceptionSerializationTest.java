package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskgroup.CancelReason.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exceptions are serialized: by a forked test runner, a remote call, a session store. Nothing is lost on the way. */
class ExceptionSerializationTest {
    private static final TaskFailure DOWN = new TaskFailure("stock", new IOException("down"));
    private static final TaskFailure FULL = new TaskFailure("mail", new IllegalStateException("full"));

    @Test
    void aGroupExceptionKeepsItsNameFailuresCauseAndStackTrace() throws Exception {
        TaskGroupException sent = new TaskGroupException("order", List.of(DOWN, FULL));
        TaskGroupException received = sendAndReceive(sent);
        assertThat(received).hasMessage(sent.getMessage());
        assertThat(received.getStackTrace()).isEqualTo(sent.getStackTrace());
        assertThat(received.groupName()).isEqualTo("order");
        assertThat(received.failures()).extracting(TaskFailure::taskName).containsExactly("stock", "mail");
        assertThat(received.failures().get(0).exception())
                .isInstanceOf(IOException.class)
                .hasMessage("down");
        assertThat(received.getCause()).isSameAs(received.failures().get(0).exception());
        assertThat(received.getSuppressed())
                .singleElement()
                .isSameAs(received.failures().get(1).exception());
    }

    @Test
    void groupsInsideGroupsCanStillBeSearchedAndSplit() throws Exception {
        TaskGroupException received = sendAndReceive(new TaskGroupException(
                "outer", List.of(DOWN, new TaskFailure("inner", new TaskGroupException("inner", List.of(FULL))))));
        assertThat(received.find(IllegalStateException.class)).isPresent();
        assertThat(received.toTree()).isEqualTo("""
                        outer: TaskGroupException
                          stock: java.io.IOException: down
                          inner: inner: TaskGroupException
                            mail: java.lang.IllegalStateException: full""");
        assertThat(received.split(thrown -> thrown instanceof IOException).rest())
                .isPresent();
    }

    @Test
    void aGroupExceptionWithoutFailuresStaysEmpty() throws Exception {
        assertThat(sendAndReceive(new TaskGroupException("quorum", List.of())).failures())
                .isEmpty();
    }

    @Test
    void aTimeoutExceptionKeepsItsTimeoutAndTheUnfinished() throws Exception {
        TaskGroupTimeoutException received = sendAndReceive(
                new TaskGroupTimeoutException("order", Duration.ofSeconds(3), List.of("mail", "stock"), List.of(DOWN)));
        assertThat(received.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(received.unfinished()).containsExactly("mail", "stock");
        assertThat(received.failures()).extracting(TaskFailure::taskName).containsExactly("stock");
        assertThat(received).hasMessageContaining("3000 ms");
    }

    @Test
    void aTaskFailedExceptionKeepsItsCause() throws Exception {
        TaskFailedException received = sendAndReceive(new TaskFailedException("stock failed", DOWN.exception()));
        assertThat(received)
                .hasMessage("stock failed")
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("down");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aCancellationKeepsItsReason(Kind kind) throws Exception {
        CancelReason reason = CancelReason.of(kind, "because");
        assertThat(sendAndReceive(new TaskCancelledException("await", reason)).reason())
                .isEqualTo(reason);
        assertThat(sendAndReceive(new TaskGroupCancelledException("fork", reason))
                        .reason())
                .isEqualTo(reason);
    }

    @Test
    void aCancellationKeepsTheTaskWhereItBegan() throws Exception {
        CancelReason reason = CancelReason.ofTask(Kind.TASK_FAILED, "stock", "stock failed");
        assertThat(sendAndReceive(new TaskCancelledException("await", reason)).reason())
                .isEqualTo(reason);
        assertThat(sendAndReceive(new TaskGroupCancelledException("fork", reason))
                        .reason())
                .isEqualTo(reason);
    }

    @Test
    void aCancellationKeepsWhatTheTaskThrewWhenItStopped() throws Exception {
        TaskCancelledException sent = new TaskCancelledException("await", CancelReason.of(Kind.REQUESTED, "enough"));
        sent.initCause(new InterruptedException("in sleep"));
        assertThat(sendAndReceive(sent))
                .hasMessage("await")
                .cause()
                .isInstanceOf(InterruptedException.class)
                .hasMessage("in sleep");
    }

    private static <X extends Throwable> X sendAndReceive(X sent) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sent);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            @SuppressWarnings("unchecked")
            X received = (X) in.readObject();
            return received;
        }
    }
}
