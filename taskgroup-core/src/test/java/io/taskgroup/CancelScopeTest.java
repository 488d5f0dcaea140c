package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.taskgroup.StopRequest.Delivery;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Walks the transitions in the comment of {@link CancelScope}, then the rules of the stack. Where it makes no difference
 * the scope's own thread is also the asker: so one thread sees every step.
 */
@Timeout(60)
class CancelScopeTest {
    private static final CancelReason REASON = CancelReason.of(CancelReason.Kind.REQUESTED, "enough");
    private static final CancelReason OTHER = CancelReason.of(CancelReason.Kind.TIMEOUT, "too late");

    private final Scope scope = new Scope(true);
    private final Scope cooperative = new Scope(false);

    @AfterEach
    void nothingIsLeftOnTheThread() {
        Thread.interrupted();
        Scope.clearStack();
    }

    // ---- the transitions

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

    // ---- whose interrupt it is

    @Nested
    class AnInterruptFromOutside {
        @Test
        void survivesTheEndOfACodeThatNobodyAskedToStop() {
            scope.enter();
            Thread.currentThread().interrupt();
            scope.leave();
            assertFlag(true);
        }

        @Test
        void survivesTheWayIntoTheLibraryAndBack() {
            scope.enter();
            Thread.currentThread().interrupt();
            scope.away();
            assertFlag(true);
            scope.back(false);
            assertFlag(true);
        }

        @Test
        void survivesTheEndOfACooperativeCodeThatWasAskedToStop() {
            cooperative.enter();
            cooperative.ask(REASON);
            Thread.currentThread().interrupt();
            cooperative.away();
            cooperative.back(true);
            cooperative.leave();
            assertFlag(true);
        }

        @Test
        void survivesTheEndOfACodeThatIsStillToBeTold() {
            scope.enter();
            scope.away();
            scope.ask(REASON);
            Thread.currentThread().interrupt();
            scope.leave();
            assertFlag(true);
        }

        @Test
        void survivesTheEndOfACodeOfWhichTheLibraryKnowsThatItHasTakenOurs() {
            scope.enter();
            scope.ask(REASON);
            assertThat(Thread.interrupted()).isTrue();
            scope.away();
            scope.back(false);
            Thread.currentThread().interrupt();
            scope.leave();
            assertFlag(true);
        }

        @Test
        void survivesTheEndOfACodeThatWasAskedToStopAfterwards() {
            scope.enter();
            Thread.currentThread().interrupt();
            scope.ask(REASON);
            scope.leave();
            assertFlag(true);
        }

        @Test
        void survivesTheWayIntoTheLibraryOfACodeThatWasAskedToStopAfterwards() {
            scope.enter();
            Thread.currentThread().interrupt();
            scope.ask(REASON);
            scope.away();
            assertState(scope, "OWED");
            assertFlag(true);
        }

        @Test
        void survivesTheEndOfACodeThatIsToldToStopAfterwards() {
            scope.enter();
            scope.away();
            scope.ask(REASON);
            Thread.currentThread().interrupt();
            scope.back(false);
            assertState(scope, "DELIVERED");
            scope.leave();
            assertFlag(true);
        }

        /** Nobody has set the flag for us: what is set is theirs. */
        @Test
        void survivesTheEndOfACodeThatAnExceptionToldToStop() {
            scope.enter();
            scope.away();
            scope.ask(REASON);
            scope.back(true);
            Thread.currentThread().interrupt();
            scope.leave();
            assertFlag(true);
        }

        @Test
        void survivesTheWayIntoTheLibraryOfACodeThatAnExceptionToldToStop() {
            scope.enter();
            scope.away();
            scope.ask(REASON);
            scope.back(true);
            Thread.currentThread().interrupt();
            scope.away();
            assertFlag(true);
        }

        @Test
        void isSetAgainWhereItWasTakenAndIsStillToBeSeen() {
            CancelScope.restoreInterrupt();
            assertFlag(true);
        }
    }

    // ---- the stack of a thread

    @Nested
    class OnTheStack {
        private final Scope outer = new Scope(true);
        private final Scope inner = new Scope(true);

        @Test
        void theTopmostIsTheCurrentOne() {
            assertThat(CurrentScope.get()).isNull();
            enterAndPush(outer);
            assertThat(CurrentScope.get()).isSameAs(outer);
            enterAndPush(inner);
            assertThat(CurrentScope.get()).isSameAs(inner);
            assertThat(inner.below()).isSameAs(outer);
            end(inner, false);
            assertThat(CurrentScope.get()).isSameAs(outer);
            end(outer, false);
            assertThat(CurrentScope.get()).isNull();
        }

        @Test
        void theOneBelowIsAwayUntilItGetsTheThreadBack() {
            enterAndPush(outer);
            enterAndPush(inner);
            assertState(outer, "AWAY");
            inner.leave();
            inner.pop();
            assertState(outer, "AWAY");
            inner.handBack(false);
            assertState(outer, "RUNNING");
            assertThat(inner.below()).isNull();
        }

        @Test
        void onlyTheTopmostIsInterrupted() {
            enterAndPush(outer);
            enterAndPush(inner);
            outer.ask(REASON);
            assertState(outer, "OWED");
            assertFlag(false);
            inner.ask(OTHER);
            assertState(inner, "DELIVERED");
            assertFlag(true);
        }

        @Test
        void aRequestIsPassedUpToTheOneAboveAndNoFurther() {
            Scope top = new Scope(true);
            enterAndPush(outer);
            enterAndPush(inner);
            enterAndPush(top);
            outer.ask(REASON);
            assertThat(inner.askedBelow).containsExactly(REASON);
            assertThat(top.askedBelow).isEmpty();
            assertThat(outer.askedBelow).isEmpty();
        }

        @Test
        void aRequestToTheTopmostIsPassedToNobody() {
            enterAndPush(outer);
            enterAndPush(inner);
            inner.ask(REASON);
            assertThat(outer.askedBelow).isEmpty();
            assertState(outer, "AWAY");
        }

        @Test
        void aRequestThatTheCodeHasSeenIsNotPassedUp() {
            enterAndPush(outer);
            outer.ask(REASON);
            Thread.interrupted();
            enterAndPush(inner);
            assertThat(outer.ask(OTHER)).isNull();
            assertThat(inner.askedBelow).isEmpty();
        }

        /** Else a request that comes while a group is being opened is seen by nobody until that group has ended. */
        @Test
        void aRequestBetweenThePushAndTheListeningIsPassedUp() {
            enterAndPush(outer);
            inner.enter();
            inner.push();
            outer.ask(REASON);
            assertThat(inner.askedBelow).as("before it listens").isEmpty();
            inner.listenToBelow();
            assertThat(inner.askedBelow).containsExactly(REASON);
            assertFlag(false);
        }

        @Test
        void aRequestThatTheCodeHasNotSeenWhenItOpensAnotherIsPassedUp() {
            enterAndPush(outer);
            outer.ask(REASON);
            enterAndPush(inner);
            assertThat(inner.askedBelow).containsExactly(REASON);
            assertState(outer, "OWED");
        }

        @Test
        void theLowestListensToNobody() {
            enterAndPush(outer);
            assertThat(outer.askedBelow).isEmpty();
        }

        @Test
        void aRequestIsPassedToNobodyOnceTheOneAboveHasGivenTheThreadBack() {
            enterAndPush(outer);
            enterAndPush(inner);
            end(inner, false);
            outer.ask(REASON);
            assertThat(inner.askedBelow).isEmpty();
            assertFlag(true);
        }

        @Test
        void ourInterruptOfTheInnerOneDoesNotReachTheOuter() {
            enterAndPush(outer);
            enterAndPush(inner);
            inner.ask(REASON);
            end(inner, false);
            assertState(outer, "RUNNING");
            assertFlag(false);
        }

        @Test
        void ourInterruptOfTheOuterOneIsTakenBeforeTheInnerCodeCanSeeIt() {
            enterAndPush(outer);
            outer.ask(REASON);
            enterAndPush(inner);
            assertState(outer, "OWED");
            assertFlag(false);
            end(inner, false);
            assertFlag(true);
        }

        @Test
        void theirInterruptDuringTheInnerOneReachesTheOuter() {
            enterAndPush(outer);
            enterAndPush(inner);
            Thread.currentThread().interrupt();
            end(inner, false);
            assertFlag(true);
            outer.leave();
            assertFlag(true);
        }

        @Test
        void aRequestToTheOuterOneThatComesWhileTheInnerEndsStaysPending() {
            enterAndPush(outer);
            enterAndPush(inner);
            inner.ask(OTHER);
            inner.leave();
            inner.pop();
            outer.ask(REASON);
            assertFlag(false);
            inner.handBack(false);
            assertState(outer, "DELIVERED");
            assertFlag(true);
        }

        @Test
        void theOuterOneIsNotInterruptedIfTheInnerEndsWithAnExceptionThatTellsIt() {
            enterAndPush(outer);
            enterAndPush(inner);
            outer.ask(REASON);
            end(inner, true);
            assertState(outer, "TOLD");
            assertFlag(false);
        }

        @Test
        void oneInTheLibraryStaysThereWhenATaskOnTopOfItEnds() {
            enterAndPush(outer);
            outer.away();
            enterAndPush(inner);
            end(inner, false);
            assertState(outer, "AWAY");
            outer.ask(REASON);
            assertFlag(false);
            outer.back(false);
            assertFlag(true);
        }

        @Test
        void aCooperativeOneOnTopIsNeverInterruptedNorTheOneBelowForIt() {
            enterAndPush(outer);
            enterAndPush(cooperative);
            cooperative.ask(REASON);
            assertFlag(false);
            end(cooperative, false);
            assertState(outer, "RUNNING");
            assertFlag(false);
        }

        @Test
        void isSeenFromOutsideWithItsThreadAndWhatIsAboveIt() {
            assertThat(outer.thread()).isNull();
            enterAndPush(outer);
            assertThat(outer.thread()).isSameAs(Thread.currentThread());
            assertThat(outer.above()).isNull();
            enterAndPush(inner);
            assertThat(outer.above()).isSameAs(inner);
            end(inner, false);
            assertThat(outer.above()).isNull();
            assertThat(inner.thread()).isNull();
        }

        @Test
        void otherThreadsHaveStacksOfTheirOwn() {
            enterAndPush(outer);
            assertThat(elsewhere(CurrentScope::get)).isNull();
        }

        private void end(Scope ended, boolean told) {
            ended.leave();
            ended.pop();
            ended.handBack(told);
        }
    }

    // ---- code of others that the library calls

    @Nested
    class CodeOfOthersInTheLibrary {
        @Test
        void runsAlsoOnAThreadWithoutAScope() {
            boolean[] ran = new boolean[1];
            CancelScope.runInLibrary(() -> ran[0] = true);
            assertThat(ran[0]).isTrue();
        }

        @Test
        void isNotInterruptedForTheScopeAroundIt() {
            enterAndPush(scope);
            CancelScope.runInLibrary(() -> {
                assertThat(scope.isInLibrary()).isTrue();
                scope.ask(REASON);
                assertFlag(false);
            });
            assertState(scope, "DELIVERED");
            assertFlag(true);
        }

        @Test
        void givesTheThreadBackAlsoWhenItThrows() {
            enterAndPush(scope);
            assertThatThrownBy(() -> CancelScope.runInLibrary(() -> {
                        throw new IllegalStateException();
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertState(scope, "RUNNING");
            assertThat(scope.isInLibrary()).isFalse();
        }

        @Test
        void leavesAScopeInTheLibraryThatWasThereBefore() {
            enterAndPush(scope);
            scope.away();
            CancelScope.runInLibrary(() -> {});
            assertState(scope, "AWAY");
            assertThat(scope.isInLibrary()).isTrue();
        }
    }

    // ---- what is left open above

    @Nested
    class LeftOpen {
        private final TaskGroupFactory groups =
                TaskGroupFactory.builder().executor(Runnable::run).build();

        @AfterEach
        void close() {
            Scope.clearStack();
            groups.close();
        }

        @Test
        void nothingIsNoComplaint() {
            enterAndPush(scope);
            assertThat(scope.abandonAbove()).isNull();
            assertThat(CurrentScope.get()).isSameAs(scope);
        }

        @Test
        @SuppressWarnings("resource") // that is what is tested
        void aGroupIsEndedAndComplainedAboutWithWhatFailedInIt() {
            IOException lost = new IOException("lost");
            enterAndPush(scope);
            OpenTaskGroup open = groups.open("forgotten");
            open.fork("bad", () -> {
                throw lost;
            });
            IllegalStateException complaint = scope.abandonAbove();
            assertThat(complaint).hasMessageContaining("'forgotten'").hasMessageContaining("reverse order");
            assertThat(complaint.getSuppressed())
                    .singleElement()
                    .isInstanceOfSatisfying(TaskGroupException.class, failed -> {
                        assertThat(failed.groupName()).isEqualTo("forgotten");
                        assertThat(failed).hasCause(lost);
                    });
            assertThat(CurrentScope.get()).isSameAs(scope);
            assertState(scope, "RUNNING");
            assertThatThrownBy(() -> open.fork(() -> 1)).isInstanceOf(IllegalStateException.class);
        }
    }

    // ---- races

    /**
     * One thread runs and leaves, the other asks, twice: the code sees the flag at most once, and after it has left
     * there is none, however late the asker is.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whenAskAndLeaveRaceTheFlagIsSetAtMostOnceAndNeverLeaks(boolean interruptible) throws Exception {
        int rounds = 50_000;
        Round round = new Round(interruptible);
        AtomicReference<Round> current = new AtomicReference<>(round);
        Thread asker = new Thread(() -> {
            Round asked = null;
            for (int i = 0; i < rounds; i++) {
                asked = awaitOther(current, asked);
                asked.first = asked.scope.ask(REASON);
                asked.second = asked.scope.ask(OTHER);
                asked.answered = true;
            }
        });
        asker.start();
        for (int i = 0; i < rounds; i++) {
            round.run(i);
            round.check(i);
            round = new Round(interruptible);
            current.set(round);
        }
        asker.join();
    }

    private static Round awaitOther(AtomicReference<Round> current, @Nullable Round last) {
        Round next = current.get();
        while (next == last) {
            Thread.yield();
            next = current.get();
        }
        return next;
    }

    private static final class Round {
        final Scope scope;

        @Nullable
        StopRequest first;

        @Nullable
        StopRequest second;

        volatile boolean answered;
        private boolean entered;
        private @Nullable StopRequest left;
        private final int mostFlags;
        private int seen;

        Round(boolean interruptible) {
            scope = new Scope(interruptible);
            mostFlags = interruptible ? 1 : 0;
        }

        /** The number of looks at the flag, and of ways into the library, shifts the race from round to round. */
        void run(int number) {
            entered = scope.enter();
            if (entered) {
                for (int i = 0; i < number % 7; i++) {
                    look();
                    if (number % 3 == 0) {
                        scope.away();
                        scope.back(number % 2 == 0);
                    }
                }
                left = scope.leave();
                assertNoFlag("left");
            }
            while (!answered) {
                Thread.onSpinWait();
                Thread.yield();
            }
            assertNoFlag("answered");
        }

        private void look() {
            if (Thread.interrupted()) {
                seen++;
            }
        }

        private void assertNoFlag(String when) {
            assertThat(Thread.interrupted())
                    .as("the flag when the code had " + when)
                    .isFalse();
        }

        void check(int number) {
            assertThat(second).as("the second request, round %s", number).isNull();
            assertThat(seen).as("times the code saw the flag, round %s", number).isLessThanOrEqualTo(mostFlags);
            if (entered) {
                assertThat(left).as("the request, round %s", number).isSameAs(first);
            } else {
                assertThat(first.isWithdrawn())
                        .as("withdrawn, round %s", number)
                        .isTrue();
            }
        }
    }

    // ---- fixture

    /** A scope without a group. */
    private static final class Scope extends CancelScope {
        private static final VarHandle STATE = state();

        final List<CancelReason> askedBelow = new ArrayList<>();

        private final boolean interruptible;

        Scope(boolean interruptible) {
            this.interruptible = interruptible;
        }

        @Override
        boolean isInterruptible() {
            return interruptible;
        }

        private static VarHandle state() {
            try {
                return MethodHandles.privateLookupIn(CancelScope.class, MethodHandles.lookup())
                        .findVarHandle(CancelScope.class, "state", Object.class);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        /** Returns the state as the class comment calls it. */
        String stateName() {
            Object state = STATE.getVolatile(this);
            if (state instanceof StopRequest request) {
                return request.delivery.name();
            }
            if (state instanceof Thread) {
                return "RUNNING";
            }
            if (state == null) {
                return "NEW";
            }
            return state instanceof String phase
                    ? phase
                    : state.getClass().getSimpleName().toUpperCase(Locale.ROOT);
        }

        @Nullable
        StopRequest ask(CancelReason reason) {
            return ask(reason, System.nanoTime());
        }

        static void clearStack() {
            while (CurrentScope.get() instanceof Scope top) {
                top.pop();
            }
        }

        @Override
        void askedBelow(CancelReason reason) {
            askedBelow.add(reason);
        }

        @Override
        List<TaskFailure> abandon() {
            throw new AssertionError("not reached");
        }

        @Override
        void throwIfWaitIsOver(ForkedTask<?> awaited) {}

        @Override
        OwnedGroup ownedGroup() {
            throw new AssertionError("not reached");
        }

        @Override
        @Nullable
        CancelScope enclosing() {
            return null;
        }

        @Override
        @Nullable
        ForkedTask<?> task() {
            return null;
        }
    }

    private static void enterAndPush(Scope scope) {
        assertThat(scope.enter()).isTrue();
        scope.push();
        scope.listenToBelow();
    }

    private static void assertState(Scope scope, String expected) {
        assertThat(scope.stateName()).isEqualTo(expected);
    }

    private static void assertFlag(boolean expected) {
        assertThat(Thread.currentThread().isInterrupted())
                .as("the interrupt flag")
                .isEqualTo(expected);
    }

    /** Runs on another thread; waits for it without touching the flag of this one. */
    private static <T> @Nullable T elsewhere(Supplier<? extends @Nullable T> action) {
        return CompletableFuture.<T>supplyAsync(action::get).join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
