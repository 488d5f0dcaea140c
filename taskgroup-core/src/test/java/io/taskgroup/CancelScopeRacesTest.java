package io.taskgroup;

import static io.taskgroup.LoneScope.OTHER;
import static io.taskgroup.LoneScope.REASON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that ask a {@link CancelScope} to stop while another runs and leaves it. */
@Timeout(60)
class CancelScopeRacesTest {
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
        final LoneScope scope;

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
            scope = new LoneScope(interruptible);
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
}
