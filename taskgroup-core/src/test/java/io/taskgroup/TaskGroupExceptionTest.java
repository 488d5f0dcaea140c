package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Python's {@code ExceptionGroup}, by the text of PEP 654. The example that most tests cut into pieces:
 *
 * <pre>
 * order
 *   stock:   IOException "down"
 *   payment: group "banks"
 *     a:     IllegalStateException "declined"
 *     b:     group "retries"
 *       1:   FileNotFoundException "key"
 *       2:   IllegalArgumentException "iban"
 *   mail:    IllegalStateException "full"
 * </pre>
 */
class TaskGroupExceptionTest {
    private final IOException down = new IOException("down");
    private final IllegalStateException declined = new IllegalStateException("declined");
    private final FileNotFoundException key = new FileNotFoundException("key");
    private final IllegalArgumentException iban = new IllegalArgumentException("iban");
    private final IllegalStateException full = new IllegalStateException("full");

    private final TaskGroupException retries = group("retries", failed("1", key), failed("2", iban));
    private final TaskGroupException banks = group("banks", failed("a", declined), failed("b", retries));
    private final TaskGroupException order =
            group("order", failed("stock", down), failed("payment", banks), failed("mail", full));

    @Nested
    class Itself {
        @Test
        void keepsTheFailuresInTheOrderTheyHappened() {
            assertThat(order.groupName()).isEqualTo("order");
            assertThat(order.failures())
                    .containsExactly(failed("stock", down), failed("payment", banks), failed("mail", full));
        }

        @Test
        void isCausedByTheFirstFailureAndSuppressesTheOthers() {
            assertThat(order).hasCause(down);
            assertThat(order.getSuppressed()).containsExactly(banks, full);
        }

        @Test
        void suppressesAThrowableOfSeveralTasksOnce() {
            TaskGroupException shared =
                    group("shared", failed("a", down), failed("b", full), failed("c", full), failed("d", down));
            assertThat(shared.failures()).hasSize(4);
            assertThat(shared).hasCause(down);
            assertThat(shared.getSuppressed()).containsExactly(full);
        }

        @Test
        void suppressesTwoFailuresThatAreEqualButNotTheSame() {
            EqualToAll one = new EqualToAll();
            EqualToAll other = new EqualToAll();
            TaskGroupException both = group("equal", failed("a", down), failed("b", one), failed("c", other));
            assertThat(both.getSuppressed())
                    .hasSize(2)
                    .satisfiesExactly(
                            first -> assertThat(first).isSameAs(one),
                            second -> assertThat(second).isSameAs(other));
        }

        @Test
        void isNotChangedByWhatBecomesOfTheListItWasGiven() {
            List<TaskFailure> given = new ArrayList<>(List.of(failed("stock", down)));
            TaskGroupException made = new TaskGroupException("order", given);
            given.clear();
            assertThat(made.failures()).hasSize(1);
        }

        @Test
        void givesAListThatNobodyCanChange() {
            assertThatThrownBy(() -> order.failures().clear()).isInstanceOf(UnsupportedOperationException.class);
        }

        @Test
        void saysWhichGroupFailedAndWhatFailedInIt() {
            assertThat(group("order", failed("stock", down)))
                    .hasMessage("Group 'order' failed: 1 failure ('stock': java.io.IOException: down)");
            assertThat(retries)
                    .hasMessage("Group 'retries' failed: 2 failures ('1': java.io.FileNotFoundException: key, "
                            + "'2': java.lang.IllegalArgumentException: iban)");
        }

        @Test
        void ofAMissedQuorumSaysThatNothingFailed() {
            assertThat(group("quorum"))
                    .hasMessageContaining("'quorum'")
                    .hasMessageContaining("no task failed")
                    .hasNoCause()
                    .hasNoSuppressedExceptions();
        }

        /** Else the group's end throws before its tasks have ended, or never comes. */
        @Test
        void isMadeAlsoOfAFailureThatCannotBeRead() {
            TaskGroupException failed = group("order", failed("stock", new Unreadable.Failure()), failed("mail", full));
            assertThat(failed.failures()).hasSize(2);
            assertThat(failed.getMessage()).contains("stock").contains("full");
            assertThat(failed.toTree().lines()).hasSize(3);
        }

        @Test
        void isATreeOfOneLineAFailureWhateverTheirNamesAndMessagesAre() {
            IllegalStateException broken = new IllegalStateException("no\r\n  stock: fake\u001b[2J");
            TaskGroupException failed = group("or\nder", failed("a\u2028b", group("in\tside", failed("c", broken))));
            assertThat(failed.toTree()).isEqualTo("""
                    or der: TaskGroupException
                      a b: in side: TaskGroupException
                        c: java.lang.IllegalStateException: no   stock: fake [2J""");
        }

        @Test
        void needsANameAndFailures() {
            assertThatNullPointerException()
                    .isThrownBy(() -> new TaskGroupException(null, List.of()))
                    .withMessageContaining("groupName");
            assertThatNullPointerException()
                    .isThrownBy(() -> new TaskGroupException("group", null))
                    .withMessageContaining("failures");
            assertThatNullPointerException()
                    .isThrownBy(() -> new TaskFailure(null, down))
                    .withMessageContaining("taskName");
            assertThatNullPointerException()
                    .isThrownBy(() -> new TaskFailure("task", null))
                    .withMessageContaining("exception");
        }
    }

    @Nested
    class Find {
        @Test
        void givesTheFirstLeafOfATypeInTheOrderOfTheFailures() {
            assertThat(order.find(IllegalStateException.class)).containsSame(declined);
            assertThat(order.find(IOException.class)).containsSame(down);
            assertThat(order.find(Exception.class)).containsSame(down);
        }

        @Test
        void looksIntoGroupsInsideGroups() {
            assertThat(order.find(FileNotFoundException.class)).containsSame(key);
            assertThat(order.find(IllegalArgumentException.class)).containsSame(iban);
        }

        @Test
        void goesThroughAGroupInsideBeforeWhatFollowsIt() {
            assertThat(banks.find(RuntimeException.class)).containsSame(declined);
            assertThat(group("g", failed("a", retries), failed("b", down)).find(IOException.class))
                    .containsSame(key);
        }

        @Test
        void givesNothingForATypeThatIsNotThere() {
            assertThat(order.find(NoSuchElementException.class)).isEmpty();
            assertThat(order.find(Error.class)).isEmpty();
        }

        @Test
        void givesLeavesOnlyAndNoGroup() {
            assertThat(order.find(TaskGroupException.class)).isEmpty();
            assertThat(order.find(RuntimeException.class)).containsSame(declined);
        }

        @Test
        void needsAType() {
            assertThatNullPointerException().isThrownBy(() -> order.find(null)).withMessageContaining("type");
        }
    }

    @Nested
    class SplitAndSubgroup {
        @Test
        void partTheLeavesWithTheNestingKept() {
            TaskGroupException.Split split = order.split(is(IllegalStateException.class));
            assertThat(split.matched().orElseThrow().toTree()).isEqualTo("""
                            order: TaskGroupException
                              payment: banks: TaskGroupException
                                a: java.lang.IllegalStateException: declined
                              mail: java.lang.IllegalStateException: full""");
            assertThat(split.rest().orElseThrow().toTree()).isEqualTo("""
                            order: TaskGroupException
                              stock: java.io.IOException: down
                              payment: banks: TaskGroupException
                                b: retries: TaskGroupException
                                  1: java.io.FileNotFoundException: key
                                  2: java.lang.IllegalArgumentException: iban""");
        }

        @Test
        void leaveTheLeavesThemselvesAsTheyAre() {
            TaskGroupException matched =
                    order.subgroup(is(IllegalArgumentException.class)).orElseThrow();
            assertThat(matched.find(IllegalArgumentException.class)).containsSame(iban);
        }

        @Test
        void keepAPartThatMatchesWholeOrNotAtAllAsItIs() {
            TaskGroupException.Split split = order.split(is(IllegalStateException.class));
            TaskGroupException restOfBanks = (TaskGroupException)
                    split.rest().orElseThrow().failures().get(1).exception();
            assertThat(restOfBanks.failures().get(0).exception()).isSameAs(retries);
        }

        @Test
        void giveThisExceptionItselfWhenAllOfItMatches() {
            TaskGroupException.Split split = order.split(thrown -> !(thrown instanceof TaskGroupException));
            assertThat(split.matched()).containsSame(order);
            assertThat(split.rest()).isEmpty();
        }

        @Test
        void giveThisExceptionItselfAsTheRestWhenNothingMatches() {
            TaskGroupException.Split split = order.split(is(NoSuchElementException.class));
            assertThat(split.matched()).isEmpty();
            assertThat(split.rest()).containsSame(order);
        }

        @Test
        void askAboutTheWholeFirst() {
            List<Throwable> asked = new ArrayList<>();
            TaskGroupException.Split split = order.split(asked::add);
            assertThat(asked).containsExactly(order);
            assertThat(split.matched()).containsSame(order);
        }

        @Test
        void askAboutEveryGroupBeforeWhatIsInIt() {
            List<Throwable> asked = new ArrayList<>();
            order.split(thrown -> {
                asked.add(thrown);
                return false;
            });
            assertThat(asked).containsExactly(order, down, banks, declined, retries, key, iban, full);
        }

        @Test
        void takeAGroupInsideThatMatchesWhole() {
            TaskGroupException.Split split = order.split(thrown -> thrown == banks);
            assertThat(split.matched().orElseThrow().failures()).containsExactly(failed("payment", banks));
            assertThat(split.rest().orElseThrow().failures())
                    .containsExactly(failed("stock", down), failed("mail", full));
        }

        @Test
        void loseNoLeafAndDoubleNone() {
            for (Predicate<Throwable> condition : List.<Predicate<Throwable>>of(
                    is(IOException.class),
                    is(RuntimeException.class),
                    is(IllegalStateException.class),
                    t -> t == key)) {
                TaskGroupException.Split split =
                        order.split(thrown -> !(thrown instanceof TaskGroupException) && condition.test(thrown));
                List<Throwable> matched = leaves(split.matched());
                List<Throwable> rest = leaves(split.rest());
                assertThat(matched).allMatch(condition);
                assertThat(rest).noneMatch(condition);
                assertThat(Stream.concat(matched.stream(), rest.stream()))
                        .containsExactlyInAnyOrder(down, declined, key, iban, full);
            }
        }

        @Test
        void keepTheStackTraceAndTheNameInTheParts() {
            StackTraceElement[] where = {new StackTraceElement("Orders", "place", "Orders.java", 17)};
            order.setStackTrace(where);
            TaskGroupException.Split split = order.split(is(IOException.class));
            assertThat(List.of(split.matched().orElseThrow(), split.rest().orElseThrow()))
                    .allSatisfy(part -> {
                        assertThat(part.getStackTrace()).isEqualTo(where);
                        assertThat(part.groupName()).isEqualTo("order");
                    });
        }

        @Test
        void keepTheKindOfTheExceptionInTheParts() {
            TaskGroupTimeoutException late = new TaskGroupTimeoutException(
                    "order",
                    Duration.ofSeconds(3),
                    List.of("mail"),
                    List.of(failed("stock", down), failed("bank", iban)));
            TaskGroupException.Split split = late.split(is(IOException.class));
            assertThat(List.of(split.matched().orElseThrow(), split.rest().orElseThrow()))
                    .allSatisfy(part -> assertThat(part)
                            .isInstanceOfSatisfying(TaskGroupTimeoutException.class, timeout -> {
                                assertThat(timeout.timeout()).isEqualTo(Duration.ofSeconds(3));
                                assertThat(timeout.unfinished()).containsExactly("mail");
                            }));
        }

        @Test
        void giveThePartsACauseAndSuppressedExceptionsOfTheirOwn() {
            TaskGroupException rest = order.split(is(IOException.class)).rest().orElseThrow();
            TaskGroupException restOfBanks =
                    (TaskGroupException) rest.failures().get(0).exception();
            assertThat(rest).hasCause(restOfBanks);
            assertThat(rest.getSuppressed()).containsExactly(full);
            assertThat(order).as("the original").hasCause(down);
            assertThat(order.getSuppressed()).containsExactly(banks, full);
        }

        @Test
        void keepAGroupThatListsNothing() {
            TaskGroupTimeoutException late =
                    new TaskGroupTimeoutException("bank", Duration.ofSeconds(1), List.of("slow"), List.of());
            TaskGroupException outer = group("order", failed("payment", late), failed("stock", down));
            TaskGroupException.Split split = outer.split(is(IOException.class));
            assertThat(split.rest().orElseThrow().failures()).containsExactly(failed("payment", late));
            assertThat(outer.subgroup(is(TaskGroupTimeoutException.class))
                            .orElseThrow()
                            .failures())
                    .containsExactly(failed("payment", late));
        }

        @Test
        void agreeWithEachOther() {
            assertThat(order.subgroup(is(IOException.class)).orElseThrow().toTree())
                    .isEqualTo(order.split(is(IOException.class))
                            .matched()
                            .orElseThrow()
                            .toTree());
            assertThat(order.subgroup(is(NoSuchElementException.class))).isEmpty();
            assertThat(order.subgroup(thrown -> true)).containsSame(order);
        }

        @Test
        void needACondition() {
            assertThatNullPointerException().isThrownBy(() -> order.split(null)).withMessageContaining("condition");
            assertThatNullPointerException()
                    .isThrownBy(() -> order.subgroup(null))
                    .withMessageContaining("condition");
        }
    }

    @Nested
    class Handle {
        private final List<Throwable> handled = new ArrayList<>();

        @Test
        void givesTheHandlerAllLeavesOfATypeInOrder() {
            order.handle(IllegalStateException.class, handled::addAll);
            assertThat(handled).containsExactly(declined, full);
            handled.clear();
            order.handle(RuntimeException.class, handled::addAll);
            assertThat(handled).containsExactly(declined, iban, full);
        }

        @Test
        void runsTheHandlerAtOnceAndOnce() {
            int[] calls = new int[1];
            order.handle(IOException.class, leaves -> calls[0]++);
            assertThat(calls[0]).isEqualTo(1);
        }

        @Test
        void doesNotRunAHandlerThatNothingMatches() {
            order.handle(NoSuchElementException.class, leaves -> handled.add(new AssertionError()))
                    .handle(Error.class, leaves -> handled.add(new AssertionError()));
            assertThat(handled).isEmpty();
        }

        @Test
        void throwsThisExceptionItselfWhenNothingMatched() {
            assertThatThrownBy(() -> order.handle(NoSuchElementException.class, handled::addAll)
                            .orElseThrow())
                    .isSameAs(order);
        }

        @Test
        void throwsWhatNobodyHandledWithTheNestingKept() {
            assertThatThrownBy(() -> order.handle(IOException.class, handled::addAll)
                            .handle(IllegalArgumentException.class, handled::addAll)
                            .orElseThrow())
                    .isInstanceOfSatisfying(
                            TaskGroupException.class,
                            rest -> assertThat(rest.toTree()).isEqualTo("""
                                            order: TaskGroupException
                                              payment: banks: TaskGroupException
                                                a: java.lang.IllegalStateException: declined
                                              mail: java.lang.IllegalStateException: full"""));
            assertThat(handled).containsExactly(down, key, iban);
        }

        @Test
        void throwsNothingOnceEverythingIsHandled() {
            assertThatCode(() -> order.handle(IOException.class, handled::addAll)
                            .handle(RuntimeException.class, handled::addAll)
                            .orElseThrow())
                    .doesNotThrowAnyException();
            assertThat(handled).containsExactly(down, key, declined, iban, full);
        }

        @Test
        void losesNothingToAHandlerThatThrows() {
            IllegalStateException broken = new IllegalStateException("handler");
            assertThatThrownBy(() -> order.handle(RuntimeException.class, leaves -> {
                        throw broken;
                    }))
                    .isSameAs(broken)
                    .satisfies(thrown -> assertThat(thrown.getSuppressed())
                            .singleElement()
                            .satisfies(left -> assertThat(leaves((TaskGroupException) left))
                                    .containsExactly(down, key)));
        }

        /** It is news of its own. */
        @Test
        void leavesATimeoutWhenTheFailuresListedWithItAreHandled() {
            TaskGroupTimeoutException late = new TaskGroupTimeoutException(
                    "late", Duration.ofSeconds(1), List.of("slow"), List.of(failed("a", key)));
            TaskGroupException around = group("around", failed("inside", late), failed("mail", full));
            TaskGroupException.Handling rest = around.handle(IOException.class, handled::addAll)
                    .handle(IllegalStateException.class, handled::addAll);
            assertThat(handled).containsExactly(key, full);
            assertThatThrownBy(rest::orElseThrow)
                    .isInstanceOfSatisfying(
                            TaskGroupException.class,
                            left -> assertThat(left.failures()).singleElement().satisfies(inside -> {
                                assertThat(inside.exception()).isInstanceOf(TaskGroupTimeoutException.class);
                                assertThat(((TaskGroupTimeoutException) inside.exception()).failures())
                                        .isEmpty();
                                assertThat(((TaskGroupTimeoutException) inside.exception()).unfinished())
                                        .containsExactly("slow");
                            }));
            assertThatThrownBy(() ->
                            late.handle(IOException.class, handled::addAll).orElseThrow())
                    .isInstanceOf(TaskGroupTimeoutException.class)
                    .hasMessageContaining("slow")
                    .hasNoCause();
        }

        @Test
        void handlesATimeoutWithoutFailuresAsALeaf() {
            TaskGroupTimeoutException late =
                    new TaskGroupTimeoutException("late", Duration.ofSeconds(1), List.of(), List.of(failed("a", key)));
            late.handle(IOException.class, handled::addAll)
                    .handle(TaskGroupTimeoutException.class, handled::addAll)
                    .orElseThrow();
            assertThat(handled).hasSize(2).first().isSameAs(key);
            assertThat(handled.get(1)).isInstanceOf(TaskGroupTimeoutException.class);
        }

        @Test
        void givesALeafToTheFirstHandlerThatMatchesOnly() {
            List<Throwable> later = new ArrayList<>();
            order.handle(IllegalStateException.class, handled::addAll)
                    .handle(RuntimeException.class, later::addAll)
                    .handle(Throwable.class, later::addAll)
                    .handle(Throwable.class, later::addAll)
                    .orElseThrow();
            assertThat(handled).containsExactly(declined, full);
            assertThat(later).containsExactly(iban, down, key);
        }

        @Test
        void handlesAGroupThatListsNothingAsWhatItIs() {
            TaskGroupTimeoutException late =
                    new TaskGroupTimeoutException("bank", Duration.ofSeconds(1), List.of("slow"), List.of());
            TaskGroupException outer = group("order", failed("payment", late), failed("stock", down));
            outer.handle(Throwable.class, handled::addAll).orElseThrow();
            assertThat(handled).containsExactly(late, down);
        }

        @Test
        void letsWhatAHandlerThrowsThrough() {
            NoSuchElementException own = new NoSuchElementException();
            assertThatThrownBy(() -> order.handle(IOException.class, leaves -> {
                        throw own;
                    }))
                    .isSameAs(own);
        }

        @Test
        void needsATypeAndAHandlerAlsoWhenNothingIsLeft() {
            TaskGroupException.Handling done = order.handle(Throwable.class, handled::addAll);
            assertThatNullPointerException()
                    .isThrownBy(() -> done.handle(null, handled::addAll))
                    .withMessageContaining("type");
            assertThatNullPointerException()
                    .isThrownBy(() -> done.handle(IOException.class, null))
                    .withMessageContaining("handler");
        }
    }

    @Nested
    class ToTree {
        @Test
        void hasALineForEachFailureAndIndentsGroupsInsideGroups() {
            assertThat(order.toTree()).isEqualTo("""
                            order: TaskGroupException
                              stock: java.io.IOException: down
                              payment: banks: TaskGroupException
                                a: java.lang.IllegalStateException: declined
                                b: retries: TaskGroupException
                                  1: java.io.FileNotFoundException: key
                                  2: java.lang.IllegalArgumentException: iban
                              mail: java.lang.IllegalStateException: full""");
        }

        @Test
        void ofAGroupThatListsNothingIsItsName() {
            assertThat(group("quorum").toTree()).isEqualTo("quorum: TaskGroupException");
        }

        /** As those of JSON parsers, SQL drivers and assertion libraries are. */
        @Test
        void hasOneLineAlsoForAFailureWhoseMessageHasSeveral() {
            TaskGroupException failed =
                    group("order", failed("stock", new IOException("no row\nin table stock\r\nof schema orders")));
            assertThat(failed.toTree().lines()).hasSize(2);
        }
    }

    // ---- fixture

    private static TaskGroupException group(String name, TaskFailure... failures) {
        return new TaskGroupException(name, List.of(failures));
    }

    private static TaskFailure failed(String task, Throwable thrown) {
        return new TaskFailure(task, thrown);
    }

    private static Predicate<Throwable> is(Class<? extends Throwable> type) {
        return thrown -> type.isInstance(thrown) && thrown.getClass() != TaskGroupException.class;
    }

    private static List<Throwable> leaves(Optional<TaskGroupException> group) {
        return group.stream().flatMap(TaskGroupExceptionTest::leaves).toList();
    }

    private static Stream<Throwable> leaves(TaskGroupException group) {
        return group.failures().stream()
                .map(TaskFailure::exception)
                .flatMap(thrown -> thrown instanceof TaskGroupException inside ? leaves(inside) : Stream.of(thrown));
    }

    private static final class EqualToAll extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean equals(Object other) {
            return other instanceof EqualToAll;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
