package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupTimerTest {
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration LATER = Duration.ofHours(1);

    private final CountDownLatch expired = new CountDownLatch(1);
    private final AtomicInteger expiries = new AtomicInteger();
    private final GroupTimer timer = new GroupTimer(() -> {
        expiries.incrementAndGet();
        expired.countDown();
    });

    @AfterEach
    void stop() {
        timer.stop();
    }

    @Test
    void hasNoDeadlineUntilItIsStarted() {
        assertThat(timer.deadline()).isEmpty();
    }

    @Test
    void keepsTheDeadlineThatItWasStartedWith() {
        long before = System.nanoTime();
        assertThat(timer.start(LATER)).isTrue();
        long after = System.nanoTime();
        assertThat(timer.deadline()).hasValueSatisfying(deadline -> {
            assertThat(deadline.timeout()).isEqualTo(LATER);
            assertThat(deadline.remaining(before)).isGreaterThanOrEqualTo(LATER);
            assertThat(deadline.remaining(after)).isLessThanOrEqualTo(LATER);
        });
    }

    @Test
    void expiresOnceTheTimeoutHasPassedAndNotBefore() throws InterruptedException {
        long start = System.nanoTime();
        timer.start(SOON);
        expired.await();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SOON.toNanos());
        othersExpire();
        assertThat(expiries).hasValue(1);
    }

    @Test
    void expiresOnAThreadThatIsNeitherTheCallersNorTheClocks() throws InterruptedException {
        AtomicReference<Thread> first = new AtomicReference<>();
        Gate gate = new Gate();
        GroupTimer slow = new GroupTimer(() -> {
            first.set(Thread.currentThread());
            gate.passStubbornly();
        });
        slow.start(SOON);
        gate.awaitArrival();
        timer.start(SOON);
        expired.await();
        gate.open();
        slow.stop();
        assertThat(first.get()).isNotSameAs(Thread.currentThread());
        assertThat(first.get().isDaemon()).isTrue();
    }

    @Test
    void doesNotExpireWhenItWasStopped() throws InterruptedException {
        timer.start(SOON);
        timer.stop();
        othersExpire();
        assertThat(expiries).hasValue(0);
    }

    @Test
    void keepsItsDeadlineWhenItIsStopped() {
        timer.start(LATER);
        timer.stop();
        assertThat(timer.deadline()).map(Deadline::timeout).contains(LATER);
    }

    @Test
    void isNotStartedAgainOnceItWasStopped() throws InterruptedException {
        timer.start(LATER);
        timer.stop();
        assertThat(timer.start(SOON)).isFalse();
        assertThat(timer.deadline()).map(Deadline::timeout).contains(LATER);
        othersExpire();
        assertThat(expiries).hasValue(0);
    }

    @Test
    void isNotStartedOnceItWasStoppedBeforeItWasEverStarted() {
        timer.stop();
        assertThat(timer.start(SOON)).isFalse();
        assertThat(timer.deadline()).isEmpty();
    }

    @Test
    void expiresAtTheLaterDeadlineThatItWasMovedTo() throws InterruptedException {
        timer.start(SOON);
        assertThat(timer.start(LATER)).isTrue();
        assertThat(timer.deadline()).map(Deadline::timeout).contains(LATER);
        othersExpire();
        assertThat(expiries).hasValue(0);
    }

    @Test
    void expiresAtTheEarlierDeadlineThatItWasMovedTo() throws InterruptedException {
        timer.start(LATER);
        assertThat(timer.start(SOON)).isTrue();
        expired.await();
        assertThat(timer.deadline()).map(Deadline::timeout).contains(SOON);
    }

    /** The expiry is on its way, and waits for the timer that is being moved. */
    @Test
    void doesNotExpireWhenTheMoveOvertakesAnExpiryThatIsOnItsWay() throws InterruptedException {
        synchronized (timer) {
            timer.start(Duration.ofNanos(1));
            othersExpire();
            assertThat(timer.start(LATER)).isTrue();
        }
        othersExpire();
        assertThat(expiries).hasValue(0);
    }

    /** What was due is either overtaken or has happened: a move that says it worked is not followed by an old expiry. */
    @Test
    void expiresOnceHoweverOftenItIsMoved() throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            timer.start(LATER);
        }
        timer.start(SOON);
        expired.await();
        othersExpire();
        assertThat(expiries).hasValue(1);
    }

    /** Rule 15: a group that has ended is not kept until its deadline would have come. */
    @Test
    void isLetGoByTheClockOnceItWasStopped() {
        WeakReference<GroupTimer> stopped = new WeakReference<>(startedAndStopped());
        await().until(() -> {
            System.gc();
            return stopped.refersTo(null);
        });
    }

    private static GroupTimer startedAndStopped() {
        GroupTimer timer = new GroupTimer(() -> {});
        timer.start(LATER);
        timer.stop();
        return timer;
    }

    @Test
    void letsGoOfADeadlineOnceItWasMoved() {
        timer.start(LATER);
        WeakReference<Deadline> overtaken = new WeakReference<>(timer.deadline().orElseThrow());
        timer.start(LATER);
        await().until(() -> {
            System.gc();
            return overtaken.refersTo(null);
        });
    }

    @Test
    void takesATimeoutThatNeverComes() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
        assertThat(timer.start(longest)).isTrue();
        assertThat(timer.deadline()).map(Deadline::timeout).contains(longest);
    }

    /** Else the group ends with a timeout that it never had: the one it was moved to when the old one had passed. */
    @Test
    void isNotMovedOnceItHasExpired() throws InterruptedException {
        Gate gate = new Gate();
        GroupTimer late = new GroupTimer(gate::passStubbornly);
        late.start(SOON);
        gate.awaitArrival();
        boolean moved = late.start(LATER);
        gate.open();
        late.stop();
        assertThat(moved).isFalse();
        assertThat(late.deadline()).map(Deadline::timeout).contains(SOON);
    }

    /** Lets everything that was due by now happen: later timers expire. */
    private static void othersExpire() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            CountDownLatch witness = new CountDownLatch(1);
            new GroupTimer(witness::countDown).start(SOON);
            witness.await();
        }
    }
}
