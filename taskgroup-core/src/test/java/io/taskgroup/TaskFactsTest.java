package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskFactsTest {
    @Test
    void keepsTheNameAndTheContextThatWereGiven() {
        ContextCarrier.Captured captured = new CountingCarrier().capture();
        TaskFacts facts = new TaskFacts("task", captured, System.nanoTime());
        assertThat(facts.givenName).isEqualTo("task");
        assertThat(facts.context).isSameAs(captured);
    }

    @Test
    void hasAHigherIdThanTheOneThatWasAskedBefore() {
        long first = new TaskFacts(null, null, 0).id();
        assertThat(new TaskFacts(null, null, 0).id()).isGreaterThan(first);
    }

    @Test
    void hasTheSameIdEachTimeSomebodyAsks() {
        TaskFacts facts = new TaskFacts(null, null, 0);
        assertThat(facts.id()).isEqualTo(facts.id());
    }

    @Test
    void ageIsTheTimeSinceTheFork() {
        assertThat(new TaskFacts(null, null, 5_000).age(7_000)).isEqualTo(Duration.ofNanos(2_000));
    }

    @Test
    void aTaskThatStartsHasWaitedSinceTheFork() {
        long now = System.nanoTime();
        TaskFacts facts = new TaskFacts(null, null, now - 1_000_000);
        facts.started();
        assertThat(facts.waited())
                .isGreaterThanOrEqualTo(Duration.ofMillis(1))
                .isLessThanOrEqualTo(Duration.ofNanos(System.nanoTime() - now + 1_000_000));
    }

    @Test
    void aTaskThatStartsAtOnceHasWaitedToo() {
        TaskFacts facts = new TaskFacts(
                null, null, System.nanoTime() + Duration.ofHours(1).toNanos());
        facts.started();
        assertThat(facts.waited()).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void aTaskThatHasNotStartedHasNotWaitedAndHasNotRun() {
        TaskFacts facts = new TaskFacts(null, null, System.nanoTime() - 1_000_000);
        assertThat(facts.waited()).isZero();
        assertThat(facts.ran()).isZero();
    }

    @Test
    void aTaskHasRunFromItsStartToItsEndAndNotSinceItsFork() {
        TaskFacts facts = new TaskFacts(
                null, null, System.nanoTime() - Duration.ofHours(1).toNanos());
        long before = System.nanoTime();
        facts.started();
        facts.ended();
        assertThat(facts.ran()).isPositive().isLessThanOrEqualTo(Duration.ofNanos(System.nanoTime() - before));
        assertThat(facts.ran()).isEqualTo(facts.ran());
    }

    /** An unnamed task that nobody watches gets its id when somebody asks for it. */
    @Test
    void aTaskHasOneIdAndNoOtherTaskHasItHoweverManyAskTogether() throws Exception {
        Set<Long> ids = new HashSet<>();
        try (Together together = new Together()) {
            for (int round = 0; round < 500; round++) {
                List<Task<?>> tasks = new ArrayList<>();
                TaskGroupFactory.builder().executor(Runnable::run).build().run("group", group -> {
                    tasks.add(group.fork(() -> 1));
                    tasks.add(group.fork("named", () -> 2));
                    tasks.add(group.fork(() -> 3));
                });
                List<List<Long>> asked = together.each(
                        4, me -> tasks.stream().<Long>map(Task::id).toList());
                assertThat(new HashSet<>(asked)).hasSize(1);
                assertThat(tasks).extracting(Task::id).isEqualTo(asked.get(0));
                assertThat(ids.addAll(asked.get(0))).isTrue();
            }
        }
        assertThat(ids).hasSize(1500);
    }
}
