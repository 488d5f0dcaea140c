package io.taskgroup;

import static io.taskgroup.LoneScope.OTHER;
import static io.taskgroup.LoneScope.REASON;
import static io.taskgroup.LoneScope.assertFlag;
import static io.taskgroup.LoneScope.assertState;
import static io.taskgroup.LoneScope.elsewhere;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskgroup.StopRequest.Delivery;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Walks the transitions in the comment of {@link CancelScope}. Where it makes no difference the scope's own thread is also
 * the asker: so one thread sees every step.
 */
@Timeout(60)
class CancelScopeTest {
    private final LoneScope scope = new LoneScope(true);
    private final LoneScope cooperative = new LoneScope(false);

    @AfterEach
    void nothingIsLeftOnTheThread() {
        Thread.interrupted();
        LoneScope.clearStack();
    }

    @Nested
    class New {
        @Test
        void toRunningWhenAThreadEnters() {
            assertThat(scope.enter()).isTrue();
            assertState(scope, "RUNNING");
        }

        @Test
        void toRunningForOneThreadOnly() {
            scope.enter();
            assertThat(scope.enter()).isFalse();
            assertThat(elsewhere(scope::enter)).isFalse();
        }

        @Test
        void toWithdrawnWhenAsked() {
            StopRequest request = scope.ask(REASON);
            assertState(scope, "WITHDRAWN");
            assertThat(request).isSameAs(scope.request());
            assertThat(request.reason).isSameAs(REASON);
        }

        @Test
        void toWithdrawnForEver() {
            scope.ask(REASON);
            assertThat(scope.enter()).isFalse();
            assertThat(scope.ask(OTHER)).isNull();
            assertState(scope, "WITHDRAWN");
            assertThat(scope.request().reason).isSameAs(REASON);
        }

        @Test
        void isNewUntilOneOfBoth() {
            assertThat(scope.isNew()).isTrue();
            scope.enter();
            assertThat(scope.isNew()).isFalse();
            assertThat(cooperative.isNew()).isTrue();
            cooperative.ask(REASON);
            assertThat(cooperative.isNew()).isFalse();
        }
    }

    @Nested
    class Running {
        @Test
        void toAwayWhenTheThreadTurnsToTheLibrary() {
            scope.enter();
            assertThat(scope.away()).isTrue();
            assertState(scope, "AWAY");
            assertThat(scope.isInLibrary()).isTrue();
        }

        @Test
        void toLeftWhenTheCodeIsOverAndNobodyAsked() {
            scope.enter();
            assertThat(scope.leave()).isNull();
            assertState(scope, "LEFT");
        }

        @Test
        void toDeliveredWithAnInterruptWhenAsked() {
            scope.enter();
            StopRequest request = elsewhere(() -> scope.ask(REASON));
            assertState(scope, "DELIVERED");
            assertThat(request).isSameAs(scope.request());
            assertFlag(true);
        }

        @Test
        void toDeliveredWithAnInterruptWhenTheCodeAsksForItself() {
            scope.enter();
            scope.ask(REASON);
            assertState(scope, "DELIVERED");
            assertFlag(true);
        }

        @Test
        void toOwedWithoutAnInterruptWhenACooperativeOneIsAsked() {
            cooperative.enter();
            StopRequest request = cooperative.ask(REASON);
            assertState(cooperative, "OWED");
            assertThat(request).isSameAs(cooperative.request());
            assertFlag(false);
        }

        @Test
        void thenIsInterruptedOnceOnlyHoweverManyAsk() {
            scope.enter();
            scope.ask(REASON);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(scope.ask(OTHER)).isNull();
            assertThat(elsewhere(() -> scope.ask(OTHER))).isNull();
            assertFlag(false);
            assertThat(scope.request().reason).isSameAs(REASON);
        }
    }

    @Nested
    class Away {
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void toRunningWhenTheThreadComesBackAndNobodyAsked(boolean told) {
            scope.enter();
            scope.away();
            scope.back(told);
            assertState(scope, "RUNNING");
            assertThat(scope.isInLibrary()).isFalse();
            assertFlag(false);
        }

        @Test
        void toOwedWithoutAnInterruptWhenAsked() {
            scope.enter();
            scope.away();
            StopRequest request = scope.ask(REASON);
            assertState(scope, "OWED");
            assertThat(request).isSameAs(scope.request());
            assertThat(scope.isOwed()).isTrue();
            assertFlag(false);
        }

        @Test
        @Timeout(10)
        void toOwedWakesTheThreadThatWaitsInTheLibrary() throws InterruptedException {
            Thread waiting = Thread.currentThread();
            scope.enter();
            scope.away();
            Thread asker = new Thread(() -> {
                await().until(() -> waiting.getState() == Thread.State.WAITING);
                scope.ask(REASON);
            });
            asker.start();
            while (!scope.isOwed()) {
                LockSupport.park(scope);
            }
            assertFlag(false);
            asker.join();
        }

        @Test
        void isEnteredOnceOnTheWayIntoTheLibrary() {
            scope.enter();
            scope.away();
            assertThat(scope.away())
                    .as("away again, as in a join of a callback")
                    .isFalse();
            assertState(scope, "AWAY");
        }
    }

    @Nested
    class Delivered {
        @Test
        void toOwedWhenTheThreadTurnsToTheLibraryBeforeTheCodeSawTheFlag() {
            scope.enter();
            scope.ask(REASON);
            scope.away();
            assertState(scope, "OWED");
            assertFlag(false);
        }

        @Test
        void toToldWhenTheCodeHasTakenTheFlag() {
            scope.enter();
            scope.ask(REASON);
            assertThat(Thread.interrupted()).isTrue();
            scope.away();
            assertState(scope, "TOLD");
            scope.back(false);
            assertState(scope, "TOLD");
            assertFlag(false);
        }

        @Test
        void takesTheFlagBackWhenTheCodeIsOver() {
            scope.enter();
            StopRequest request = scope.ask(REASON);
            assertThat(scope.leave()).isSameAs(request);
            assertState(scope, "DELIVERED");
            assertFlag(false);
        }

        @Test
        void leavesAnInterruptInTheLibraryToWhomeverItIsMeantFor() {
            scope.enter();
            scope.ask(REASON);
            scope.away();
            Thread.currentThread().interrupt();
            assertState(scope, "OWED");
            assertFlag(true);
        }
    }

    @Nested
    class Owed {
        @Test
        void toDeliveredWithAnInterruptWhenTheThreadComesBack() {
            scope.enter();
            scope.away();
            scope.ask(REASON);
            scope.back(false);
            assertState(scope, "DELIVERED");
            assertFlag(true);
            assertThat(scope.isInLibrary()).isFalse();
        }

        @Test
        void toToldWithoutAnInterruptWhenAnExceptionTellsTheCode() {
            scope.enter();
            scope.away();
            scope.ask(REASON);
            scope.back(true);
            assertState(scope, "TOLD");
            assertThat(scope.isOwed()).isFalse();
            assertFlag(false);
        }

        @Test
        void toToldWithoutAnInterruptWhenTheLibraryToldItInTheMeantime() {
            scope.enter();
            scope.away();
            scope.ask(REASON);
            scope.told();
            scope.back(false);
            assertState(scope, "TOLD");
            assertFlag(false);
        }

        @Test
        void toDeliveredOnceOnly() {
            scope.enter();
            scope.away();
            scope.ask(REASON);
            scope.back(false);
            assertThat(Thread.interrupted()).isTrue();
            scope.away();
            scope.back(false);
            assertFlag(false);
        }

        @Test
        void toDeliveredWithTheFlagThatWasTakenFromTheCode() {
            scope.enter();
            scope.ask(REASON);
            scope.away();
            scope.back(false);
            assertState(scope, "DELIVERED");
            assertFlag(true);
        }

        @Test
        void staysSoWhenACooperativeOneComesBack() {
            cooperative.enter();
            cooperative.away();
            cooperative.ask(REASON);
            cooperative.back(false);
            assertState(cooperative, "OWED");
            assertFlag(false);
        }

        @Test
        void toToldWhenACooperativeOneIsTold() {
            cooperative.enter();
            cooperative.ask(REASON);
            cooperative.told();
            assertState(cooperative, "TOLD");
            cooperative.leave();
            assertFlag(false);
        }

        @Test
        void isTheRequestOfACodeThatIsOverBeforeItWasTold() {
            cooperative.enter();
            StopRequest request = cooperative.ask(REASON);
            assertThat(cooperative.leave()).isSameAs(request);
        }
    }

    @Nested
    class Left {
        @Test
        void isNeverAskedOrInterrupted() {
            scope.enter();
            scope.leave();
            assertThat(scope.ask(REASON)).isNull();
            assertThat(scope.request()).isNull();
            assertState(scope, "LEFT");
            assertFlag(false);
        }

        @Test
        void cannotBeEnteredAgain() {
            scope.enter();
            scope.leave();
            assertThat(scope.enter()).isFalse();
        }
    }

    @Nested
    class Told {
        @Test
        void changesNothingWhenNobodyAsked() {
            scope.told();
            assertState(scope, "NEW");
            scope.enter();
            scope.told();
            assertState(scope, "RUNNING");
            scope.away();
            scope.told();
            assertState(scope, "AWAY");
        }

        @Test
        void doesNotMakeAWithdrawnCodeRun() {
            scope.ask(REASON);
            scope.told();
            assertState(scope, "WITHDRAWN");
        }
    }

    // ---- between the asker's decision and its interrupt

    @Nested
    class Interrupting {
        /** The asker is held inside {@code interrupt()}, so that the state is INTERRUPTING for as long as a test wants. */
        private final CountDownLatch reached = new CountDownLatch(1);

        private final CountDownLatch released = new CountDownLatch(1);
        private final AtomicInteger interrupts = new AtomicInteger();
        private volatile boolean delivered;

        @Test
        void keepsTheThreadFromLeaving() throws Exception {
            assertThat(deliveredBefore(CancelScope::leave)).isTrue();
        }

        @Test
        void keepsTheThreadFromTurningToTheLibrary() throws Exception {
            assertThat(deliveredBefore(CancelScope::away)).isTrue();
        }

        /** Returns whether the interrupt had arrived when the step was over. */
        private boolean deliveredBefore(Consumer<CancelScope> step) throws Exception {
            CompletableFuture<Boolean> deliveredBefore = new CompletableFuture<>();
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread thread =
                    new Thread(() -> {
                        scope.enter();
                        awaitQuietly(reached);
                        step.accept(scope);
                        deliveredBefore.complete(delivered);
                        flag.complete(Thread.currentThread().isInterrupted());
                    }) {
                        @Override
                        public void interrupt() {
                            reached.countDown();
                            awaitQuietly(released);
                            super.interrupt();
                            interrupts.incrementAndGet();
                            delivered = true;
                        }
                    };
            thread.start();
            await().until(() -> !scope.isNew());
            CompletableFuture<StopRequest> asked = CompletableFuture.supplyAsync(() -> scope.ask(REASON));
            await().until(() -> deliveredBefore.isDone() || isInScope(thread));
            assertState(scope, "INTERRUPTING");
            released.countDown();
            assertThat(asked.get().delivery).isNotEqualTo(Delivery.INTERRUPTING);
            assertThat(interrupts).as("interrupts by one request").hasValue(1);
            assertThat(flag.get()).as("our flag, after").isFalse();
            thread.join();
            return deliveredBefore.get();
        }

        private boolean isInScope(Thread thread) {
            return Arrays.stream(thread.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(CancelScope.class.getName()));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
