package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlacesTest {
    private final OpenTaskGroup group =
            TaskGroupFactory.create().open(TaskGroupOptions.named("group").withMaxConcurrency(1));
    private final Places places = new Places(2);
    private final List<ForkedTask<?>> dispatched = new ArrayList<>();
    private final ForkedTask<?> first = task();
    private final ForkedTask<?> second = task();
    private final ForkedTask<?> third = task();
    private final ForkedTask<?> fourth = task();

    @AfterEach
    void close() {
        group.close();
    }

    /** Returns a task of a group with a limit that nobody runs. */
    private ForkedTask<?> task() {
        return new ForkedTask<>((OwnedGroup) group, null, () -> 1);
    }

    private void takeAllAndLetTwoWait() {
        places.take(first);
        places.take(second);
        places.take(third);
        places.take(fourth);
    }

    private void pass(ForkedTask<?> task) {
        places.pass(task, dispatched::add);
    }

    @Test
    void aTaskHasToWaitForItsPlaceAtFirst() {
        assertThat(task().waitsForPlace).isTrue();
    }

    @Test
    void asManyAsTheLimitGetAPlaceAndTheNextWaits() {
        assertThat(places.take(first)).isTrue();
        assertThat(places.take(second)).isTrue();
        assertThat(places.take(third)).isFalse();
        assertThat(first.waitsForPlace).isFalse();
        assertThat(third.waitsForPlace).isTrue();
    }

    @Test
    void whoEndsGivesItsPlaceToTheOneThatHasWaitedLongest() {
        takeAllAndLetTwoWait();
        pass(first);
        assertThat(dispatched).isEqualTo(List.of(third));
        assertThat(third.waitsForPlace).isFalse();
        assertThat(fourth.waitsForPlace).isTrue();
        pass(third);
        assertThat(dispatched).isEqualTo(List.of(third, fourth));
    }

    @Test
    void aPlaceThatNobodyWaitsForIsFree() {
        places.take(first);
        places.take(task());
        pass(first);
        assertThat(dispatched).isEmpty();
        assertThat(places.take(task())).isTrue();
        assertThat(places.take(task())).isFalse();
    }

    @Test
    void oneThatEndsWhileItWaitsHasNoPlaceToGive() {
        takeAllAndLetTwoWait();
        pass(third);
        assertThat(dispatched).isEmpty();
        pass(first);
        assertThat(dispatched).as("the one behind it").isEqualTo(List.of(fourth));
    }

    @Test
    void oneThatWasCancelledBeforeItCameTakesNoPlaceAndWaitsForNone() {
        places.take(task());
        ForkedTask<?> cancelled = cancelledTask();
        assertThat(places.take(cancelled)).isFalse();
        assertThat(places.take(first)).as("the place is free").isTrue();
        assertThat(places.take(cancelledTask())).isFalse();
        pass(first);
        assertThat(dispatched).isEmpty();
    }

    private ForkedTask<?> cancelledTask() {
        ForkedTask<?> task = task();
        task.ask(CancelReason.of(CancelReason.Kind.REQUESTED, "enough"), System.nanoTime());
        return task;
    }

    /** A direct executor runs the heir inside of dispatch, and the heir passes the place on: that must not nest. */
    @Test
    void aPlaceThatIsPassedOnAtOnceByEachOfManyCostsNoStack() {
        Places one = new Places(1);
        int many = 100_000;
        one.take(first);
        for (int i = 0; i < many; i++) {
            one.take(task());
        }
        int[] depth = new int[1];
        int[] ran = new int[1];
        List<Consumer<ForkedTask<?>>> dispatch = new ArrayList<>();
        dispatch.add(heir -> {
            if (depth[0]++ > 0) {
                fail("dispatched inside of another dispatch");
            }
            ran[0]++;
            one.pass(heir, dispatch.get(0));
            depth[0]--;
        });
        one.pass(first, dispatch.get(0));
        assertThat(ran[0]).isEqualTo(many);
        assertThat(one.take(task())).isTrue();
    }

    @Test
    void howeverManyComeAndEndNoMoreHaveAPlaceThanTheLimitAndEachGetsOne() throws Exception {
        int tasks = 5_000;
        Places shared = new Places(3);
        Queue<ForkedTask<?>> ready = new ConcurrentLinkedQueue<>();
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        Consumer<ForkedTask<?>> dispatch = task -> {
            most.accumulateAndGet(holders.incrementAndGet(), Math::max);
            ready.add(task);
        };
        try (Together together = new Together()) {
            together.each(4, me -> {
                if (me == 0) {
                    for (int i = 0; i < tasks; i++) {
                        ForkedTask<?> task = task();
                        if (shared.take(task)) {
                            dispatch.accept(task);
                        }
                    }
                }
                while (ended.get() < tasks) {
                    ForkedTask<?> task = ready.poll();
                    if (task != null) {
                        holders.decrementAndGet();
                        ended.incrementAndGet();
                        shared.pass(task, dispatch);
                    }
                }
                return me;
            });
        }
        assertThat(most).hasValueBetween(1, 3);
        assertThat(holders).hasValue(0);
        for (int i = 0; i < 3; i++) {
            assertThat(shared.take(task())).isTrue();
        }
        assertThat(shared.take(task())).isFalse();
    }

    @Test
    void aThreadThatRunsAnHeirDoesNotKeepTheHeirsOfOtherThreads() {
        takeAllAndLetTwoWait();
        places.pass(
                first, heir -> CompletableFuture.runAsync(() -> pass(second)).join());
        assertThat(dispatched).isEqualTo(List.of(fourth));
    }

    /** It may be what the heir waits for. */
    @Test
    void aPlaceThatAnotherTaskPassesInsideOfTheHeirIsPassedAtOnce() {
        takeAllAndLetTwoWait();
        places.pass(first, heir -> {
            pass(second);
            assertThat(dispatched).isEqualTo(List.of(fourth));
        });
    }
}
