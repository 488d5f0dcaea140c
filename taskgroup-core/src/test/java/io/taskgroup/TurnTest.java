package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnTest {
    private final Turn<String> turn = new Turn<>();

    @Test
    void whoeverComesFirstHandlesItsOwnItemAtOnce() {
        assertThat(turn.take("first")).isEqualTo("first");
    }

    @Test
    void whoeverComesWhileTheTurnIsTakenLeavesItsItemThere() {
        turn.take("first");
        assertThat(turn.take("second")).isNull();
        assertThat(turn.next()).isEqualTo("second");
    }

    @Test
    void whatWaitsIsHandledInTheOrderItCame() {
        turn.take("first");
        turn.take("second");
        turn.take("third");
        assertThat(turn.next()).isEqualTo("second");
        turn.take("fourth");
        assertThat(turn.next()).isEqualTo("third");
        assertThat(turn.next()).isEqualTo("fourth");
    }

    @Test
    void theTurnStaysTakenWhileTheLastItemIsHandled() {
        turn.take("first");
        turn.take("second");
        turn.next();
        assertThat(turn.take("third")).isNull();
    }

    @Test
    void theTurnIsFreeOnceNothingWaits() {
        turn.take("first");
        assertThat(turn.next()).isNull();
        assertThat(turn.take("second")).isEqualTo("second");
    }

    @Test
    void anItemThatComesFromTheHandlingOfAnotherIsHandledAfterIt() {
        List<String> handled = new ArrayList<>();
        handle(turn, "outer", item -> {
            if (item.equals("outer")) {
                handle(turn, "inner", handled::add);
            }
            handled.add(item);
        });
        assertThat(handled).containsExactly("outer", "inner");
    }

    /** The counters are plain: two threads in the handler, or one that does not see the other's work, lose counts. */
    @Test
    void manyThreadsHandleEveryItemOnceOneAtATimeEachThreadsInOrder() throws Exception {
        int threads = 4;
        int items = 5_000;
        Turn<int[]> shared = new Turn<>();
        int[] lastOfThread = new int[threads];
        int[] handled = new int[1];
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        try (Together together = new Together()) {
            together.each(threads, me -> {
                for (int n = 1; n <= items; n++) {
                    handle(shared, new int[] {me, n}, item -> {
                        if (inside.incrementAndGet() != 1 || item[1] != lastOfThread[item[0]] + 1) {
                            wrong.incrementAndGet();
                        }
                        lastOfThread[item[0]] = item[1];
                        handled[0]++;
                        inside.decrementAndGet();
                    });
                }
                return me;
            });
        }
        assertThat(wrong).hasValue(0);
        assertThat(handled[0]).isEqualTo(threads * items);
    }

    /** The loop of the class comment. */
    private static <E> void handle(Turn<E> turn, E mine, Consumer<E> handler) {
        for (E item = turn.take(mine); item != null; item = turn.next()) {
            handler.accept(item);
        }
    }
}
