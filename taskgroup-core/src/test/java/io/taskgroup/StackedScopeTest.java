package io.taskgroup;

import static io.taskgroup.LoneScope.OTHER;
import static io.taskgroup.LoneScope.REASON;
import static io.taskgroup.LoneScope.assertFlag;
import static io.taskgroup.LoneScope.assertState;
import static io.taskgroup.LoneScope.elsewhere;
import static io.taskgroup.LoneScope.enterAndPush;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scopes of one thread, one above the other: {@link StackedScope}. */
@Timeout(60)
class StackedScopeTest {
    private final LoneScope scope = new LoneScope(true);
    private final LoneScope cooperative = new LoneScope(false);

    @AfterEach
    void nothingIsLeftOnTheThread() {
        Thread.interrupted();
        LoneScope.clearStack();
    }

    @Nested
    class OnTheStack {
        private final LoneScope outer = new LoneScope(true);
        private final LoneScope inner = new LoneScope(true);

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
            LoneScope top = new LoneScope(true);
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

        private void end(LoneScope ended, boolean told) {
            ended.leave();
            ended.pop();
            ended.handBack(told);
        }
    }

    // ---- what is left open above

    @Nested
    class LeftOpen {
        private final TaskGroupFactory groups =
                TaskGroupFactory.builder().executor(Runnable::run).build();

        @AfterEach
        void close() {
            LoneScope.clearStack();
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
}
