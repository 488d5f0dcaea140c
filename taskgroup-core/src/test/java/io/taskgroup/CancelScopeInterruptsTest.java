package io.taskgroup;

import static io.taskgroup.LoneScope.REASON;
import static io.taskgroup.LoneScope.assertFlag;
import static io.taskgroup.LoneScope.assertState;
import static io.taskgroup.LoneScope.enterAndPush;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose interrupt it is that a {@link CancelScope} meets: ours, that of the scope around, or that of somebody outside. */
@Timeout(60)
class CancelScopeInterruptsTest {
    private final LoneScope scope = new LoneScope(true);
    private final LoneScope cooperative = new LoneScope(false);

    @AfterEach
    void nothingIsLeftOnTheThread() {
        Thread.interrupted();
        LoneScope.clearStack();
    }

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
}
