package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Walks the transitions in the comment of {@link Follower}, then those who follow a task. */
@Timeout(60)
class FollowerTest {
    private final List<String> called = Collections.synchronizedList(new ArrayList<>());
    private final Together together = new Together();

    @AfterEach
    void endThreads() {
        together.close();
    }

    private Follower callback(String name) {
        return Follower.calling(() -> called.add(name));
    }

    /** Returns the chain that these make, one after the other. */
    private static Follower chain(Follower... followers) {
        Follower chain = null;
        for (Follower next : followers) {
            assertThat(next.precede(chain)).isTrue();
            chain = next;
        }
        return chain;
    }

    // ---- the transitions

    @Nested
    class Chain {
        @Test
        void toLongerWhenAThreadOrACallbackFollows() {
            Follower thread = Follower.waiting(Thread.currentThread());
            assertThat(thread.precede(null)).isTrue();
            assertThat(callback("a").precede(thread)).isTrue();
            assertThat(Follower.isReleased(thread)).isFalse();
            assertThat(Follower.isReleased(null)).isFalse();
        }

        @Test
        void ofNoneToReleasedWhenTheTaskIsSettled() {
            assertThat(Follower.released(null)).isSameAs(Follower.RELEASED);
        }

        @Test
        void ofThreadsToReleasedWhenTheTaskIsSettled() {
            Follower threads =
                    chain(Follower.waiting(Thread.currentThread()), Follower.waiting(Thread.currentThread()));
            assertThat(Follower.released(threads)).isSameAs(Follower.RELEASED);
        }

        @Test
        void withACallbackToReleasedWithTheCallbackStillThere() {
            Follower chain = chain(callback("a"), Follower.waiting(Thread.currentThread()));
            Follower released = Follower.released(chain);
            assertThat(Follower.isReleased(released)).isTrue();
            assertThat(released).isNotSameAs(Follower.RELEASED);
            Follower.call(released);
            assertThat(called).containsExactly("a");
        }
    }

    @Nested
    class Released {
        private final Follower chain = Follower.released(chain(callback("a")));

        @Test
        void toLongerWhenACallbackFollowsWhichIsCalledLast() {
            Follower late = callback("late");
            assertThat(late.precede(chain)).isTrue();
            assertThat(Follower.isReleased(late)).isTrue();
            Follower.call(late);
            assertThat(called).containsExactly("a", "late");
        }

        @Test
        void takesNoThreadAnyMore() {
            assertThat(Follower.waiting(Thread.currentThread()).precede(chain)).isFalse();
            assertThat(Follower.waiting(Thread.currentThread()).precede(chain(callback("b"))))
                    .as("one that is not released does")
                    .isTrue();
        }

        @Test
        void forGoodTakesNothingAnyMore() {
            assertThat(Follower.isReleased(Follower.RELEASED)).isTrue();
            assertThat(callback("late").precede(Follower.RELEASED)).isFalse();
            assertThat(Follower.waiting(Thread.currentThread()).precede(Follower.RELEASED))
                    .isFalse();
            Follower.call(Follower.RELEASED);
            Follower.wake(Follower.RELEASED);
            assertThat(called).isEmpty();
        }
    }

    // ---- those of a chain

    @Test
    void callbacksAreCalledInTheOrderInWhichTheyCame() {
        Follower.call(chain(callback("a"), Follower.waiting(Thread.currentThread()), callback("b"), callback("c")));
        assertThat(called).containsExactly("a", "b", "c");
    }

    @Test
    void nothingIsCalledWhereNobodyFollows() {
        Follower.call(null);
        Follower.wake(null);
        assertThat(called).isEmpty();
    }

    @Test
    void thoseThatAreGoneAtTheHeadOfTheChainAreLeftOut() {
        Follower stays = Follower.waiting(Thread.currentThread());
        Follower behind = Follower.waiting(Thread.currentThread());
        Follower first = Follower.waiting(Thread.currentThread());
        Follower second = Follower.waiting(Thread.currentThread());
        Follower chain = chain(behind, stays, first, second);
        assertThat(Follower.withoutGone(chain)).isSameAs(second);
        behind.gone();
        first.gone();
        assertThat(Follower.withoutGone(chain)).isSameAs(second);
        second.gone();
        assertThat(Follower.withoutGone(chain)).isSameAs(stays);
    }

    @Test
    void ofThreadsThatAreAllGoneNothingIsLeft() {
        Follower only = Follower.waiting(Thread.currentThread());
        Follower chain = chain(only);
        only.gone();
        assertThat(Follower.withoutGone(chain)).isNull();
        assertThat(Follower.withoutGone(null)).isNull();
    }

    @Test
    void aCallbackIsNeverGone() {
        Follower chain = chain(callback("a"));
        assertThat(Follower.withoutGone(chain)).isSameAs(chain);
    }

    @Test
    void aChainStaysReleasedWhoeverIsGone() {
        assertThat(Follower.withoutGone(Follower.RELEASED)).isSameAs(Follower.RELEASED);
        Follower released = Follower.released(chain(callback("a")));
        assertThat(Follower.withoutGone(released)).isSameAs(released);
    }

    @Test
    void everyThreadOfAChainIsWokenButThoseThatAreGone() throws Exception {
        CountDownLatch woken = new CountDownLatch(2);
        Thread first = parked(woken);
        Thread second = parked(woken);
        Thread left = parked(new CountDownLatch(1));
        Follower gone = Follower.waiting(left);
        Follower chain = chain(Follower.waiting(first), callback("a"), gone, Follower.waiting(second));
        gone.gone();
        Follower.wake(chain);
        woken.await();
        assertThat(left.getState()).isEqualTo(Thread.State.WAITING);
        LockSupport.unpark(left);
        left.join();
        assertThat(called).as("what was called by a wake-up").isEmpty();
    }

    private static Thread parked(CountDownLatch woken) {
        Thread thread = new Thread(() -> {
            LockSupport.park();
            woken.countDown();
        });
        thread.setDaemon(true);
        thread.start();
        OnThreads.awaitUntil(() -> thread.getState() == Thread.State.WAITING);
        return thread;
    }

    // ---- those who follow a task

    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().threadFactory(Thread::new).build();

    private static Follower followersOf(Task<?> task) {
        return ((ForkedTask<?>) task).followers();
    }

    private static <T> void call(Task<T> task, List<String> called, String name) {
        task.onCompletion(ended -> called.add(name));
    }

    @Test
    void aTaskThatEndsUnfollowedIsReleasedForGood() throws InterruptedException {
        groups.run("group", group -> {
            Task<String> task = group.fork(() -> "done");
            group.join();
            assertThat(followersOf(task)).isSameAs(Follower.RELEASED);
            assertThat(task.await()).isEqualTo("done");
        });
    }

    @Test
    void awaitersAndCallbacksOfOneTaskAreAllServed() throws Exception {
        Gate gate = new Gate();
        groups.run("group", group -> {
            Task<String> task = group.fork(() -> {
                gate.pass();
                return "done";
            });
            call(task, called, "first");
            AtomicInteger served = new AtomicInteger();
            List<Thread> awaiters = IntStream.range(0, 5)
                    .mapToObj(i -> new Thread(() -> {
                        if (result(task).equals("done")) {
                            served.incrementAndGet();
                        }
                    }))
                    .toList();
            for (Thread awaiter : awaiters) {
                awaiter.start();
                OnThreads.awaitBlocked(awaiter);
            }
            call(task, called, "second");
            gate.open();
            for (Thread awaiter : awaiters) {
                awaiter.join();
            }
            group.join();
            assertThat(served).hasValue(5);
            assertThat(called).containsExactly("first", "second");
            assertThat(followersOf(task)).isSameAs(Follower.RELEASED);
        });
    }

    private static <T> T result(Task<T> task) {
        try {
            return task.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anAwaiterThatGivesUpFollowsNoLonger() throws Exception {
        Gate gate = new Gate();
        groups.run("group", group -> {
            Task<Void> task = group.fork(gate::pass);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread awaiter = new Thread(() -> {
                try {
                    task.await();
                } catch (InterruptedException e) {
                    thrown.set(e);
                }
            });
            awaiter.start();
            OnThreads.awaitBlocked(awaiter);
            assertThat(followersOf(task)).isNotNull();
            awaiter.interrupt();
            awaiter.join();
            assertThat(thrown.get()).hasMessageContaining("interrupted while waiting for " + task);
            assertThat(followersOf(task)).isNull();
            gate.open();
        });
    }

    @Test
    void aCallbackOfATaskWhoseCallbacksHaveRunIsRunAtOnce() throws InterruptedException {
        groups.run("group", group -> {
            for (int round = 0; round < 2000; round++) { // the thread of the task may still be near
                called.clear();
                Task<String> task = group.fork(() -> "done");
                call(task, called, "in time");
                group.join();
                assertThat(called).containsExactly("in time");
                call(task, called, "late");
                assertThat(called).containsExactly("in time", "late");
            }
        });
    }

    /** The task is settled, and its callbacks wait until the one of another task has run. */
    @Test
    void whileCallbacksWaitForTheirTurnAwaitersGoOnAndACallbackThatComesIsCalledAfterThem() throws Exception {
        Gate first = new Gate();
        Gate turn = new Gate();
        groups.run("group", group -> {
            Task<Void> before = group.fork("before", first::pass);
            before.onCompletion(ended -> turn.passStubbornly());
            first.open();
            turn.awaitArrival();
            Gate second = new Gate();
            Task<String> task = group.fork("task", () -> {
                second.pass();
                return "done";
            });
            call(task, called, "a");
            second.open();
            assertThat(task.await()).isEqualTo("done");
            assertThat(called).isEmpty();
            OnThreads.awaitUntil(() -> Follower.isReleased(followersOf(task)));
            call(task, called, "b");
            assertThat(called).isEmpty();
            assertThat(task.await()).isEqualTo("done");
            turn.open();
            group.join();
            assertThat(called).containsExactly("a", "b");
        });
    }

    @Test
    void whenFollowersRaceWithTheEndEachIsServedOnce() throws Exception {
        for (int round = 0; round < 1000; round++) {
            AtomicInteger calls = new AtomicInteger();
            CountDownLatch go = new CountDownLatch(1);
            groups.run("group", group -> {
                Task<Integer> task = group.fork(() -> {
                    go.await();
                    return 42;
                });
                play(
                        go::countDown,
                        () -> task.onCompletion(ended -> calls.addAndGet(ended.result())),
                        () -> task.onCompletion(ended -> calls.addAndGet(ended.result())),
                        () -> assertThat(task.await()).isEqualTo(42));
                group.join();
                assertThat(calls).hasValue(84);
            });
        }
    }

    private void play(Together.Part... parts) {
        try {
            together.play(parts);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whenAwaitersGiveUpWhileOthersComeNobodyIsForgotten() throws Exception {
        for (int round = 0; round < 300; round++) {
            Gate gate = new Gate();
            groups.run("group", group -> {
                Task<String> task = group.fork(() -> {
                    gate.pass();
                    return "done";
                });
                play(
                        () -> giveUp(task),
                        () -> {
                            giveUp(task);
                            gate.open();
                        },
                        () -> assertThat(task.await()).isEqualTo("done"));
            });
        }
    }

    private static void giveUp(Task<?> task) {
        Thread.currentThread().interrupt();
        try {
            task.await(); // if it has ended already there is nothing to give up
        } catch (InterruptedException e) {
            return;
        }
        assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(Thread.interrupted()).isTrue();
    }
}
