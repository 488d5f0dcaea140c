package io.taskgroup.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.softwaremill.jox.structured.JoxScopeExecutionException;
import com.softwaremill.jox.structured.Scopes;
import io.taskgroup.TaskFailure;
import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.FailedException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What {@code docs/choosing.md} says of others. A task fails while another one is at work, which then fails, too. */
class PeersTest {
    private final CountDownLatch othersAreAtWork = new CountDownLatch(1);
    private final AtomicBoolean stopped = new AtomicBoolean();

    private String failFirst() throws InterruptedException {
        othersAreAtWork.await();
        throw new IllegalArgumentException("first");
    }

    private String failWhenStopped() {
        try {
            othersAreAtWork.countDown();
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException e) {
            stopped.set(true);
            throw new IllegalStateException("second");
        }
    }

    @Test
    void aScopeStopsTheOthersAndReportsTheFirstFailure() {
        assertThatThrownBy(() -> {
                    try (var scope = StructuredTaskScope.<String>open()) {
                        scope.fork(this::failWhenStopped);
                        scope.fork(this::failFirst);
                        scope.join();
                    }
                })
                .isInstanceOf(FailedException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .satisfies(failed -> assertThat(failed.getSuppressed()).isEmpty())
                .satisfies(
                        failed -> assertThat(failed.getCause().getSuppressed()).isEmpty());
        assertThat(stopped).isTrue();
    }

    @Test
    void onlyItsOwnerForksIntoAScope() throws Exception {
        try (var scope = StructuredTaskScope.<String>open()) {
            scope.fork(() -> {
                scope.fork(() -> "inner");
                return "outer";
            });
            assertThatThrownBy(scope::join).hasCauseInstanceOf(WrongThreadException.class);
        }
    }

    @Test
    void aSupervisedScopeOfJoxStopsTheOthersAndSuppressesTheirFailures() {
        Throwable failed = catchThrowable(() -> Scopes.supervised(scope -> {
            scope.forkUser(this::failWhenStopped);
            return scope.forkUser(this::failFirst).join();
        }));
        assertThat(failed)
                .isInstanceOf(JoxScopeExecutionException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(stopped).isTrue();
        assertThat(failed.getSuppressed()).hasAtLeastOneElementOfType(IllegalStateException.class);
    }

    @Test
    void aCompletableFutureThatIsCancelledDoesNotStopTheWork() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch worked = new CountDownLatch(1);
        CompletableFuture<Void> future = CompletableFuture.runAsync(() -> {
            othersAreAtWork.countDown();
            try {
                goOn.await();
                worked.countDown();
            } catch (InterruptedException e) {
                stopped.set(true);
            }
        });
        othersAreAtWork.await();
        future.cancel(true);
        assertThat(future).isDone();
        goOn.countDown();
        worked.await();
        assertThat(stopped).isFalse();
    }

    @Test
    void allOfWaitsForTheOthersAndReportsOneFailure() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> unchecked(() -> {
            goOn.await();
            throw new IllegalStateException("second");
        }));
        CompletableFuture<String> failing = CompletableFuture.failedFuture(new IllegalArgumentException("first"));
        CompletableFuture<Void> both = CompletableFuture.allOf(failing, slow);
        assertThat(both).isNotDone();
        goOn.countDown();
        assertThatThrownBy(both::get)
                .isInstanceOf(ExecutionException.class)
                .satisfies(
                        failed -> assertThat(failed.getCause().getSuppressed()).isEmpty());
    }

    private static <T> T unchecked(Callable<T> task) {
        try {
            return task.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTaskGroupStopsTheOthersAndReportsAllFailures() {
        try (TaskGroupFactory groups = TaskGroupFactory.create()) {
            assertThatThrownBy(() -> groups.run("both", group -> {
                        group.fork("slow", this::failWhenStopped);
                        group.fork("failing", this::failFirst);
                    }))
                    .isInstanceOfSatisfying(
                            TaskGroupException.class,
                            failed -> assertThat(failed.failures())
                                    .extracting(TaskFailure::taskName)
                                    .containsExactly("failing", "slow"));
        }
        assertThat(stopped).isTrue();
    }
}
