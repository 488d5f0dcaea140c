package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 6: what code throws because it was asked to stop, and what only looks like it. */
class EchoTest {
    private enum Is {
        /** Only an interrupt makes code throw that. */
        INTERRUPTION,
        /** A cancellation does, with or without an interrupt. */
        CANCELLATION,
        FAILURE
    }

    private static final CancelReason REASON = CancelReason.of(CancelReason.Kind.REQUESTED, "enough");

    static Stream<Arguments> thrown() {
        return Stream.of(
                thrown(Is.INTERRUPTION, new InterruptedException()),
                thrown(Is.INTERRUPTION, new InterruptedException() {
                    private static final long serialVersionUID = 1L;
                }),
                thrown(Is.INTERRUPTION, new InterruptedIOException("an old stream")),
                thrown(Is.INTERRUPTION, new ClosedByInterruptException()),
                thrown(Is.CANCELLATION, new CancellationException()),
                thrown(Is.CANCELLATION, new TaskCancelledException("await", REASON)),
                thrown(Is.CANCELLATION, new TaskGroupCancelledException("fork", REASON)),
                thrown(Is.FAILURE, new SocketTimeoutException("a slow supplier, and an InterruptedIOException")),
                thrown(Is.FAILURE, new SocketTimeoutException() {
                    private static final long serialVersionUID = 1L;
                }),
                thrown(Is.FAILURE, new AsynchronousCloseException()),
                thrown(Is.FAILURE, new ClosedChannelException()),
                thrown(Is.INTERRUPTION, new SocketException("Closed by interrupt")),
                thrown(Is.FAILURE, new SocketException("Connection reset")),
                thrown(Is.FAILURE, new SocketException()),
                thrown(Is.FAILURE, new IOException("Closed by interrupt")),
                thrown(Is.FAILURE, new TimeoutException()),
                thrown(Is.FAILURE, new BrokenBarrierException()),
                thrown(Is.FAILURE, new RejectedExecutionException()),
                thrown(Is.FAILURE, new ExecutionException(null)),
                thrown(Is.FAILURE, new IllegalStateException("interrupted", null)),
                thrown(Is.FAILURE, new StackOverflowError()));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void byItself(Throwable thrown, Is expected) {
        check(thrown, expected);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void asTheCauseOfWhatLibrariesWrapItIn(Throwable thrown, Is expected) {
        check(new IllegalStateException("a client", thrown), expected);
        check(new ExecutionException(thrown), expected);
        check(new CompletionException(thrown), expected);
        check(new TaskFailedException("await", thrown), expected);
        check(new UncheckedIOException(new IOException(new ExecutionException(thrown))), expected);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void asTheOnlyFailureOfAGroupInside(Throwable thrown, Is expected) {
        check(group(thrown), expected);
        check(group(group(thrown)), expected);
        check(new IllegalStateException(group(new ExecutionException(thrown))), expected);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void asSomethingSuppressedItDoesNotCount(Throwable thrown, Is unused) {
        IllegalStateException failure = new IllegalStateException();
        failure.addSuppressed(thrown);
        check(failure, Is.FAILURE);
    }

    private static Arguments thrown(Is expected, Throwable thrown) {
        return arguments(named(thrown.getClass().getTypeName(), thrown), expected);
    }

    private static TaskGroupException group(Throwable... failures) {
        return new TaskGroupException(
                "inner",
                Stream.of(failures)
                        .map(failure -> new TaskFailure("task", failure))
                        .toList());
    }

    private static void check(Throwable thrown, Is expected) {
        assertThat(Echo.isCancellation(thrown)).isEqualTo(expected != Is.FAILURE);
        assertThat(Echo.isInterruption(thrown)).isEqualTo(expected == Is.INTERRUPTION);
    }

    // ---- groups

    @Test
    void aGroupOfEchoesIsAnEcho() {
        check(
                group(new InterruptedException(), new ExecutionException(new ClosedByInterruptException())),
                Is.INTERRUPTION);
        check(group(new InterruptedException(), new CancellationException()), Is.CANCELLATION);
    }

    @Test
    void aGroupWithOneRealFailureIsAFailureWhateverComesFirst() {
        check(group(new InterruptedException(), new IOException()), Is.FAILURE);
        check(group(new IOException(), new InterruptedException()), Is.FAILURE);
        check(group(new InterruptedException(), group(new CancellationException(), new IOException())), Is.FAILURE);
        check(new ExecutionException(group(new InterruptedException(), new IOException())), Is.FAILURE);
    }

    @Test
    void aGroupThatListsNothingIsAFailure() {
        check(group(), Is.FAILURE);
        check(new TaskGroupTimeoutException("inner", Duration.ofMillis(5), List.of("late"), List.of()), Is.FAILURE);
    }

    // ---- chains

    @Test
    void anEchoIsFoundAtTheEndOfALongCauseChain() {
        check(chain(90, new InterruptedException()), Is.INTERRUPTION);
        check(chain(90, new CancellationException()), Is.CANCELLATION);
        check(chain(90, new IOException()), Is.FAILURE);
        check(chain(1_000, new InterruptedException()), Is.INTERRUPTION);
        check(chain(10_000, new IOException()), Is.FAILURE);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 7, 100})
    @Timeout(60)
    void aCircularCauseChainIsNotFollowedForEver(int length) {
        Throwable first = new IllegalStateException("first");
        first.initCause(chain(length - 1, first));
        check(first, Is.FAILURE);
        check(new IllegalStateException("before the circle", first), Is.FAILURE);
    }

    @Test
    void anEchoInACircularCauseChainIsFound() {
        Throwable first = new IllegalStateException("first");
        Throwable second = new InterruptedException();
        second.initCause(first);
        first.initCause(second);
        check(first, Is.INTERRUPTION);
    }

    /** As when a handler hangs the group's report under the failure that is in it. */
    @Test
    void aCircleThroughAGroupIsNotFollowedForEver() {
        IOException failure = new IOException();
        failure.initCause(group(failure));
        check(failure, Is.FAILURE);
    }

    private static Throwable chain(int length, Throwable last) {
        Throwable chain = last;
        for (int i = 0; i < length; i++) {
            chain = new IllegalStateException(null, chain);
        }
        return chain;
    }

    // ---- what the JDK really throws

    @Test
    void theJdkThrowsAnEchoFromALatch() {
        Thread.currentThread().interrupt();
        check(thrownBy(() -> new CountDownLatch(1).await()), Is.INTERRUPTION);
    }

    @Test
    void theJdkThrowsAnEchoFromAFileChannel(@TempDir Path directory) throws Exception {
        try (FileChannel channel = FileChannel.open(Files.createFile(directory.resolve("file")))) {
            Thread.currentThread().interrupt();
            check(thrownBy(channel::position), Is.INTERRUPTION);
        }
    }

    @Test
    void theJdkThrowsAnEchoFromTheGetOfAFuture() {
        Thread.currentThread().interrupt();
        check(thrownBy(() -> new CompletableFuture<>().get()), Is.INTERRUPTION);
    }

    @Test
    void theJdkThrowsAnEchoFromACancelledFuture() {
        CompletableFuture<String> future = new CompletableFuture<>();
        CompletableFuture<String> mapped = future.thenApply(value -> value);
        future.cancel(true);
        check(thrownBy(future::get), Is.CANCELLATION);
        check(thrownBy(future::join), Is.CANCELLATION);
        check(thrownBy(mapped::get), Is.CANCELLATION);
        check(thrownBy(mapped::join), Is.CANCELLATION);
    }

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    private static Throwable thrownBy(TaskAction action) {
        return Optional.ofNullable(catchThrowable(action::run)).orElseThrow();
    }
}
