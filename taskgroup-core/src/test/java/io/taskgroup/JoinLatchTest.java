package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Walks the transitions in the comment of {@link JoinLatch}. */
@Timeout(60)
class JoinLatchTest {
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.privateLookupIn(JoinLatch.class, MethodHandles.lookup())
                    .findVarHandle(JoinLatch.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final JoinLatch latch = new JoinLatch();
    private final Together together = new Together();

    @AfterEach
    void endThreads() {
        together.close();
    }

    // ---- the transitions

    @Nested
    class Open {
        @Test
        void isZeroAtFirst() {
            assertState(0, 0, false, false);
        }

        @Test
        void aForkIsUnsettledAndHasTheNextNumber() {
            assertThat(latch.fork()).isEqualTo(1);
            assertThat(latch.fork()).isEqualTo(2);
            assertThat(latch.fork()).isEqualTo(3);
            assertState(3, 3, false, false);
        }

        @Test
        void aPinIsUnsettledAndHasNoNumber() {
            assertThat(latch.pin()).isTrue();
            assertState(1, 0, false, false);
            assertThat(latch.fork()).isEqualTo(1);
        }

        @Test
        void whoSettlesTheLastOneWakesNobodyIfNobodyWaits() {
            latch.fork();
            assertThat(latch.settled()).isFalse();
            assertState(0, 1, false, false);
        }

        @Test
        void toWaitingWhenTheOwnerAsksAndSomethingIsUnsettled() {
            latch.fork();
            assertThat(latch.tryPass(false)).isFalse();
            assertState(1, 1, true, false);
        }

        @Test
        void staysOpenWhenTheOwnerAsksAndNothingIsUnsettled() {
            latch.fork();
            latch.settled();
            assertThat(latch.tryPass(false)).isTrue();
            assertState(0, 1, false, false);
            assertThat(latch.fork()).isEqualTo(2);
        }

        @Test
        void toClosedWhenTheOwnerClosesAndNothingIsUnsettled() {
            latch.fork();
            latch.settled();
            assertThat(latch.tryPass(true)).isTrue();
            assertState(0, 1, false, true);
        }
    }

    @Nested
    class Waiting {
        @Test
        void onlyWhoSettlesTheLastOneIsToWakeTheOwner() {
            latch.fork();
            latch.pin();
            latch.tryPass(false);
            assertThat(latch.settled()).isFalse();
            assertThat(latch.settled()).isTrue();
        }

        @Test
        void toOpenWhenTheOwnerAsksAgainAndNothingIsUnsettled() {
            latch.fork();
            latch.tryPass(false);
            latch.settled();
            assertState(0, 1, true, false);
            assertThat(latch.tryPass(false)).isTrue();
            assertState(0, 1, false, false);
        }

        @Test
        void toClosedWhenTheOwnerClosesAndNothingIsUnsettled() {
            latch.fork();
            latch.tryPass(true);
            latch.settled();
            assertThat(latch.tryPass(true)).isTrue();
            assertState(0, 1, false, true);
        }

        @Test
        void doesNotCloseWhileSomethingIsUnsettled() {
            latch.fork();
            assertThat(latch.tryPass(true)).isFalse();
            assertState(1, 1, true, false);
        }

        @Test
        void staysSoWhileMoreIsForkedAndPinned() {
            latch.fork();
            latch.tryPass(false);
            assertThat(latch.fork()).isEqualTo(2);
            assertThat(latch.pin()).isTrue();
            assertState(3, 2, true, false);
        }

        @Test
        void aForkAfterTheWakeUpIsWaitedForToo() {
            latch.fork();
            latch.tryPass(true);
            assertThat(latch.settled()).isTrue();
            latch.fork();
            assertThat(latch.tryPass(true)).isFalse();
            assertThat(latch.settled()).isTrue();
            assertThat(latch.tryPass(true)).isTrue();
        }
    }

    @Nested
    class Closed {
        @Test
        void countsNoForkAndNoPin() {
            latch.fork();
            latch.settled();
            latch.tryPass(true);
            assertThat(latch.fork()).isZero();
            assertThat(latch.pin()).isFalse();
            assertState(0, 1, false, true);
        }

        @Test
        void isSettledForEver() {
            latch.tryPass(true);
            assertThat(latch.tryPass(false)).isTrue();
            assertThat(latch.tryPass(true)).isTrue();
            assertState(0, 0, false, true);
        }
    }

    // ---- taking back

    @Test
    void aForkThatIsTakenBackLeavesItsNumberToTheNextAndIsStillToBeSettled() {
        latch.fork();
        int number = latch.fork();
        assertThat(latch.takeBack(number)).isTrue();
        assertState(2, 1, false, false);
        assertThat(latch.fork()).isEqualTo(number);
    }

    @Test
    void aForkIsNotTakenBackIfThereWereOthersSince() {
        int number = latch.fork();
        latch.fork();
        assertThat(latch.takeBack(number)).isFalse();
        assertState(2, 2, false, false);
    }

    @Test
    void aForkIsTakenBackWhileTheOwnerWaits() {
        int number = latch.fork();
        latch.tryPass(true);
        assertThat(latch.takeBack(number)).isTrue();
        assertState(1, 0, true, false);
        assertThat(latch.settled()).isTrue();
    }

    // ---- the limit

    @Test
    void theLastNumberIsGivenAndThenNoMore() {
        latch.tryPass(false);
        setForked(latch, JoinLatch.MOST_FORKS - 1);
        assertThat(latch.fork()).isEqualTo(JoinLatch.MOST_FORKS);
        assertThat(latch.fork()).isZero();
        assertThat(latch.fork()).isZero();
        assertState(1, JoinLatch.MOST_FORKS, false, false);
    }

    @Test
    void atTheLimitItStillPinsSettlesAndCloses() {
        setForked(latch, JoinLatch.MOST_FORKS);
        assertThat(latch.pin()).isTrue();
        assertThat(latch.tryPass(true)).isFalse();
        assertThat(latch.settled()).isTrue();
        assertThat(latch.tryPass(true)).isTrue();
        assertState(0, JoinLatch.MOST_FORKS, false, true);
    }

    @Test
    void asManyCanBeUnsettledAsWereForked() {
        STATE.setVolatile(latch, (long) JoinLatch.MOST_FORKS << 31 | JoinLatch.MOST_FORKS);
        assertThat(latch.isZero()).isFalse();
        assertThat(latch.forked()).isEqualTo(JoinLatch.MOST_FORKS);
        assertThat(latch.tryPass(true)).isFalse();
        assertThat(latch.pin()).isTrue();
        assertThat(latch.fork()).isZero();
        latch.settled();
        assertState(JoinLatch.MOST_FORKS, JoinLatch.MOST_FORKS, true, false);
    }

    // ---- many threads

    @Test
    void everyForkHasANumberOfItsOwnAndTheOwnerIsWokenByTheLast() throws Exception {
        int threads = 4;
        int forks = 20_000;
        BitSet numbers = new BitSet();
        AtomicInteger wakeUps = new AtomicInteger();
        latch.pin();
        assertThat(latch.tryPass(true)).isFalse();
        together.each(threads, me -> {
            BitSet mine = new BitSet();
            for (int i = 0; i < forks; i++) {
                int number = latch.fork();
                assertThat(mine.get(number)).isFalse();
                mine.set(number);
                if (latch.settled()) {
                    wakeUps.incrementAndGet();
                }
            }
            synchronized (numbers) {
                assertThat(numbers.intersects(mine)).isFalse();
                numbers.or(mine);
            }
            return me;
        });
        assertThat(numbers.cardinality()).isEqualTo(threads * forks);
        assertThat(numbers.length() - 1).isEqualTo(threads * forks);
        assertThat(wakeUps).as("wake-ups while it was pinned").hasValue(0);
        assertThat(latch.settled()).isTrue();
        assertThat(latch.tryPass(true)).isTrue();
        assertState(0, threads * forks, false, true);
    }

    /** Rule 8: a fork that got a number is waited for, one that comes too late gets none. */
    @Test
    void whenForksRaceWithTheCloseEachIsEitherWaitedForOrRefused() throws Exception {
        for (int round = 0; round < 5_000; round++) {
            JoinLatch raced = new JoinLatch();
            AtomicInteger forked = new AtomicInteger();
            AtomicBoolean hasFork = new AtomicBoolean();
            together.play(
                    () -> {
                        while (!raced.tryPass(true)) {
                            Thread.onSpinWait();
                        }
                        assertThat(hasFork).isFalse();
                    },
                    () -> {
                        for (int i = 0; i < 3 && raced.fork() > 0; i++) {
                            hasFork.set(true);
                            forked.incrementAndGet();
                            hasFork.set(false);
                            raced.settled();
                        }
                        assertThat(raced.isClosed() || forked.get() == 3).isTrue();
                    });
            assertThat(raced.isClosed()).isTrue();
            assertThat(raced.isZero()).isTrue();
            assertThat(raced.forked()).isEqualTo(forked.get());
        }
    }

    @Test
    void ofThoseThatSettleTogetherOneWakesTheWaitingOwner() throws Exception {
        for (int round = 0; round < 5_000; round++) {
            JoinLatch raced = new JoinLatch();
            raced.fork();
            raced.fork();
            AtomicInteger wakeUps = new AtomicInteger();
            raced.tryPass(true);
            Together.Part settle = () -> {
                if (raced.settled()) {
                    wakeUps.incrementAndGet();
                }
            };
            together.play(settle, settle);
            assertThat(wakeUps).hasValue(1);
            assertThat(raced.tryPass(true)).isTrue();
        }
    }

    /** An owner that is told to wait is woken later; an owner that is not told need not be. */
    @Test
    void whenTheLastOneIsSettledWhileTheOwnerAsksTheOwnerIsNeverForgotten() throws Exception {
        for (int round = 0; round < 5_000; round++) {
            JoinLatch raced = new JoinLatch();
            raced.fork();
            boolean[] settled = new boolean[1];
            boolean[] wakes = new boolean[1];
            together.play(() -> settled[0] = raced.tryPass(true), () -> wakes[0] = raced.settled());
            assertThat(wakes[0]).isEqualTo(!settled[0]);
        }
    }

    @Test
    void aForkThatIsTakenBackWhileOthersForkKeepsTheNumbersApart() throws Exception {
        for (int round = 0; round < 5_000; round++) {
            JoinLatch raced = new JoinLatch();
            int[] other = new int[1];
            int number = raced.fork();
            boolean[] takenBack = new boolean[1];
            together.play(() -> takenBack[0] = raced.takeBack(number), () -> other[0] = raced.fork());
            assertThat(other[0]).isEqualTo(takenBack[0] ? 1 : 2);
            assertThat(raced.forked()).isEqualTo(takenBack[0] ? 1 : 2);
            raced.settled();
            assertThat(raced.isZero()).isFalse();
            raced.settled();
            assertThat(raced.isZero()).isTrue();
        }
    }

    // ---- the state

    private void assertState(int unsettled, int forked, boolean waiting, boolean closed) {
        assertThat((int) ((long) STATE.getVolatile(latch)) & 0x7fff_ffff)
                .as("unsettled")
                .isEqualTo(unsettled);
        assertThat(latch.isZero()).isEqualTo(unsettled == 0);
        assertThat(latch.forked()).isEqualTo(forked);
        assertThat(latch.isWaiting()).isEqualTo(waiting);
        assertThat(latch.isClosed()).isEqualTo(closed);
    }

    /** As if so many had been forked, and all were settled. */
    static void setForked(JoinLatch latch, int forked) {
        STATE.setVolatile(latch, (long) forked << 31);
    }
}
