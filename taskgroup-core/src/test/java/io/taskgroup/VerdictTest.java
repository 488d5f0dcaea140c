package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskgroup.CancelReason.Kind;
import io.taskgroup.Verdict.Evidence;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 4, the first cause wins and nothing is lost, with rules 5 and 6 where they meet it. */
class VerdictTest {
    private static final String GROUP = "orders";
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final List<String> UNFINISHED = List.of("late", "later");

    // ---- the table of rule 4

    /**
     * What the caller gets, in every combination of what can be known. A {@code *} stands for every value. Columns:
     *
     * <ul>
     *   <li>kind: what cancelled the group; {@code none} if nothing did
     *   <li>expiry: what the options say about the deadline
     *   <li>policy: whether it is {@code content}, or {@code fails} the group
     *   <li>listed: a {@code failed} task, a {@code cancelled} one, {@code both}, or {@code none}
     *   <li>body: it {@code returned}, threw an {@code echo} of the cancellation, or something of its {@code own}
     *   <li>form: {@code call} wants a value; {@code run} stands for every form that wants none
     *   <li>outcome: what observers are told
     *   <li>thrown: {@code nothing}, the {@code body's} exception as it is (what is listed suppressed in one group
     *       exception), a {@code group} or {@code timeout} exception of what is listed, {@code +body} if that ends with
     *       the body's exception, {@code interrupted}, or {@code cancelled}
     * </ul>
     *
     * An outcome {@code ?} is where the contract is silent: only the invariants are checked. A {@code -} cannot happen. The
     * last column then says why.
     */
    private static final String TABLE = """
            kind                      | expiry  | policy  | listed         | body          | form | outcome     | thrown
            none                      | *       | content | *              | returned      | *    | SUCCEEDED   | nothing
            none                      | *       | fails   | *              | returned      | *    | FAILED      | group
            none                      | *       | *       | *              | echo own      | *    | -           | the end of such a body cancels the group

            TASK_FAILED TASK_CANCELLED| *       | fails   | *              | returned echo | *    | FAILED      | group
            TASK_FAILED TASK_CANCELLED| *       | fails   | *              | own           | *    | FAILED      | group+body
            TASK_FAILED TASK_CANCELLED| *       | content | *              | returned      | *    | SUCCEEDED   | nothing
            TASK_FAILED TASK_CANCELLED| *       | content | *              | echo own      | *    | ?           | a policy that cancels for what it is content with

            BODY_FAILED               | *       | *       | *              | echo own      | *    | FAILED      | body's
            BODY_FAILED               | *       | *       | none           | returned      | run  | FAILED      | nothing
            BODY_FAILED               | *       | *       | failed cancelled both | returned | run | FAILED    | group
            BODY_FAILED               | *       | *       | *              | returned      | call | -           | only close() is without the body's exception

            TIMEOUT                   | FAIL    | *       | *              | returned echo | *    | TIMED_OUT   | timeout
            TIMEOUT                   | FAIL    | *       | *              | own           | *    | TIMED_OUT   | timeout+body
            TIMEOUT                   | MOVE_ON | *       | *              | own           | *    | FAILED      | body's
            TIMEOUT                   | MOVE_ON | fails   | failed both    | returned echo | *    | FAILED      | group
            TIMEOUT                   | MOVE_ON | fails   | none cancelled | returned      | *    | TIMED_OUT   | nothing
            TIMEOUT                   | MOVE_ON | content | *              | returned      | *    | TIMED_OUT   | nothing
            TIMEOUT                   | MOVE_ON | fails   | none cancelled | echo          | run  | TIMED_OUT   | nothing
            TIMEOUT                   | MOVE_ON | content | *              | echo          | run  | TIMED_OUT   | nothing
            TIMEOUT                   | MOVE_ON | fails   | none cancelled | echo          | call | TIMED_OUT   | timeout
            TIMEOUT                   | MOVE_ON | content | *              | echo          | call | TIMED_OUT   | timeout

            REQUESTED                 | *       | *       | *              | own           | *    | FAILED      | body's
            REQUESTED                 | *       | fails   | failed both    | returned echo | *    | FAILED      | group
            REQUESTED                 | *       | fails   | none cancelled | returned      | *    | CANCELLED   | nothing
            REQUESTED                 | *       | content | *              | returned      | *    | CANCELLED   | nothing
            REQUESTED                 | *       | fails   | none cancelled | echo          | run  | CANCELLED   | nothing
            REQUESTED                 | *       | content | *              | echo          | run  | CANCELLED   | nothing
            REQUESTED                 | *       | fails   | none cancelled | echo          | call | CANCELLED   | cancelled
            REQUESTED                 | *       | content | *              | echo          | call | CANCELLED   | cancelled

            DECIDED                   | *       | *       | *              | own           | *    | FAILED      | body's
            DECIDED                   | *       | fails   | *              | returned echo | *    | FAILED      | group
            DECIDED                   | *       | content | *              | returned      | *    | SUCCEEDED   | nothing
            DECIDED                   | *       | content | *              | echo          | *    | CANCELLED   | cancelled

            INTERRUPTED               | *       | fails   | failed both    | returned echo | *    | FAILED      | group
            INTERRUPTED               | *       | fails   | failed both    | own           | *    | FAILED      | group+body
            INTERRUPTED               | *       | fails   | none cancelled | returned echo | *    | INTERRUPTED | interrupted
            INTERRUPTED               | *       | content | *              | returned echo | *    | INTERRUPTED | interrupted
            INTERRUPTED               | *       | fails   | none cancelled | own           | *    | FAILED      | body's
            INTERRUPTED               | *       | content | *              | own           | *    | FAILED      | body's

            PARENT_CANCELLED          | *       | fails   | failed both    | returned echo | *    | FAILED      | group
            PARENT_CANCELLED          | *       | fails   | failed both    | own           | *    | FAILED      | group+body
            PARENT_CANCELLED          | *       | fails   | none cancelled | returned echo | *    | CANCELLED   | interrupted
            PARENT_CANCELLED          | *       | content | *              | returned echo | *    | CANCELLED   | interrupted
            PARENT_CANCELLED          | *       | fails   | none cancelled | own           | *    | FAILED      | body's
            PARENT_CANCELLED          | *       | content | *              | own           | *    | FAILED      | body's

            SHUTDOWN                  | *       | fails   | failed both    | returned echo | *    | FAILED      | group
            SHUTDOWN                  | *       | fails   | failed both    | own           | *    | FAILED      | group+body
            SHUTDOWN                  | *       | fails   | none cancelled | returned echo | *    | CANCELLED   | cancelled
            SHUTDOWN                  | *       | content | *              | returned echo | *    | CANCELLED   | cancelled
            SHUTDOWN                  | *       | fails   | none cancelled | own           | *    | FAILED      | body's
            SHUTDOWN                  | *       | content | *              | own           | *    | FAILED      | body's
            """;

    static List<Row> rows() {
        return TABLE.lines()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(Row::parse)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theCallerGetsWhatTheTableSays(Row row) {
        for (Case one : Case.all()) {
            if (row.matches(one) && !row.outcome.equals("-")) {
                one.check(row.outcome, row.thrown);
            }
        }
    }

    @Test
    void theTableSaysOneThingAboutEveryCase() {
        List<Row> rows = rows();
        assertThat(Case.all())
                .allSatisfy(one -> assertThat(rows.stream().filter(row -> row.matches(one)))
                        .as("rows about %s", one)
                        .hasSize(1));
    }

    @Test
    void aCallWhoseBodyThrewNeverEndsWithoutAnException() {
        assertThat(Case.all())
                .filteredOn(one -> one.call && !one.body.equals("returned") && !one.kind.equals("none"))
                .allSatisfy(one ->
                        assertThat(one.given().verdict().thrown()).as("%s", one).isNotNull());
    }

    record Row(
            String kind,
            String expiry,
            String policy,
            String listed,
            String body,
            String form,
            String outcome,
            String thrown) {
        static Row parse(String line) {
            List<String> cells =
                    Stream.of(line.split("\\|", -1)).map(String::strip).toList();
            return new Row(
                    cells.get(0),
                    cells.get(1),
                    cells.get(2),
                    cells.get(3),
                    cells.get(4),
                    cells.get(5),
                    cells.get(6),
                    cells.get(7));
        }

        boolean matches(Case one) {
            return isIn(kind, one.kind)
                    && isIn(expiry, one.expiry.name())
                    && isIn(policy, one.content ? "content" : "fails")
                    && isIn(listed, one.listed)
                    && isIn(body, one.body)
                    && isIn(form, one.call ? "call" : "run");
        }

        private static boolean isIn(String cell, String value) {
            return cell.equals("*") || List.of(cell.split(" ")).contains(value);
        }

        @Override
        public String toString() {
            return String.join(" | ", kind, expiry, policy, listed, body, form) + " -> " + outcome + ", " + thrown;
        }
    }

    record Case(String kind, OnTimeout expiry, boolean content, String listed, String body, boolean call) {
        static List<Case> all() {
            List<Case> all = new ArrayList<>();
            for (String kind : kinds()) {
                for (OnTimeout expiry : OnTimeout.values()) {
                    for (boolean content : new boolean[] {true, false}) {
                        for (String listed : List.of("none", "failed", "cancelled", "both")) {
                            for (String body : List.of("returned", "echo", "own")) {
                                all.add(new Case(kind, expiry, content, listed, body, true));
                                all.add(new Case(kind, expiry, content, listed, body, false));
                            }
                        }
                    }
                }
            }
            return all;
        }

        private static List<String> kinds() {
            return Stream.concat(Stream.of("none"), Arrays.stream(Kind.values()).map(Kind::name))
                    .toList();
        }

        Given given() {
            Given given = kind.equals("none") ? new Given() : Given.cancelled(Kind.valueOf(kind));
            given.success = content;
            given.onTimeout = expiry;
            given.wantsValue = call;
            given.failures = switch (listed) {
                case "none" -> List.of();
                case "failed" -> List.of(failed("payment", new IllegalStateException("declined")));
                case "cancelled" -> List.of(cancelledTask("mail"));
                case "both" -> List.of(cancelledTask("mail"), failed("payment", new IllegalStateException("declined")));
                default -> throw new AssertionError(listed);
            };
            given.body = switch (body) {
                case "returned" -> null;
                case "echo" -> new InterruptedException("asked to stop");
                case "own" -> new IOException("the body's own");
                default -> throw new AssertionError(body);
            };
            return given;
        }

        void check(String outcome, String expected) {
            Given given = given();
            Verdict verdict = given.verdict();
            Throwable thrown = verdict.thrown();
            if (outcome.equals("?")) {
                checkInvariants(given, thrown);
                return;
            }
            assertThat(verdict.outcome()).as("outcome of %s", this).hasToString(outcome);
            switch (expected) {
                case "nothing" -> assertThat(thrown).as("%s", this).isNull();
                case "body's" -> {
                    assertThat(thrown).as("%s", this).isSameAs(given.body);
                    assertThat(thrown.getSuppressed()).as("%s", this).hasSize(given.failures.isEmpty() ? 0 : 1);
                    for (Throwable suppressed : thrown.getSuppressed()) {
                        checkGroup(suppressed, TaskGroupException.class, given.failures);
                    }
                }
                case "group" -> checkGroup(thrown, TaskGroupException.class, given.failures);
                case "group+body" -> checkGroup(thrown, TaskGroupException.class, given.failuresAndBody());
                case "timeout" -> checkTimeout(thrown, given.failures);
                case "timeout+body" -> checkTimeout(thrown, given.failuresAndBody());
                case "interrupted" -> assertThat(thrown).as("%s", this).isInstanceOf(InterruptedException.class);
                case "cancelled" ->
                    assertThat(thrown)
                            .as("%s", this)
                            .isExactlyInstanceOf(TaskGroupCancelledException.class)
                            .extracting(cancelled -> ((TaskGroupCancelledException) cancelled).reason())
                            .isEqualTo(given.reason);
                default -> throw new AssertionError(expected);
            }
        }

        private void checkTimeout(@Nullable Throwable thrown, List<TaskFailure> failures) {
            checkGroup(thrown, TaskGroupTimeoutException.class, failures);
            TaskGroupTimeoutException late = (TaskGroupTimeoutException) thrown;
            assertThat(late.timeout()).as("%s", this).isEqualTo(TIMEOUT);
            assertThat(late.unfinished()).as("%s", this).isEqualTo(UNFINISHED);
        }

        private void checkGroup(
                @Nullable Throwable thrown, Class<? extends TaskGroupException> type, List<TaskFailure> failures) {
            assertThat(thrown).as("%s", this).isExactlyInstanceOf(type);
            TaskGroupException group = (TaskGroupException) thrown;
            assertThat(group.groupName()).isEqualTo(GROUP);
            assertThat(group.failures()).as("%s", this).isEqualTo(failures);
            assertThat(group.getCause())
                    .as("cause, %s", this)
                    .isSameAs(failures.isEmpty() ? null : failures.get(0).exception());
            assertThat(group.getSuppressed())
                    .as("suppressed, %s", this)
                    .containsExactlyElementsOf(failures.stream()
                            .skip(1)
                            .map(TaskFailure::exception)
                            .toList());
        }

        /** A caller without a value is told why, and the body's own exception is not lost. */
        private void checkInvariants(Given given, @Nullable Throwable thrown) {
            if (call) {
                assertThat(thrown).as("%s", this).isNotNull();
            }
            if (body.equals("own")) {
                assertThat(everythingIn(thrown)).as("%s", this).contains(given.body);
            }
            if (content && thrown instanceof TaskGroupException group) {
                assertThat(group.failures()).as("%s", this).isNotEmpty();
            }
        }
    }

    // ---- what is an echo

    @Nested
    class AnEchoOfTheBody {
        private final IllegalStateException declined = new IllegalStateException("declined");
        private final Given given = Given.cancelled(Kind.TASK_FAILED)
                .policyFails()
                .listed(failed("payment", declined), cancelledTask("mail"));

        @Test
        void isTheFailureOfATaskAsAwaitGivesIt() {
            given.body = new TaskFailedException("payment failed", declined);
            assertThat(failuresOf(given)).isEqualTo(given.failures);
        }

        @Test
        void isTheFailureOfATaskItself() {
            given.body = declined;
            assertThat(failuresOf(given)).isEqualTo(given.failures);
            assertThat(given.verdict().thrown().getSuppressed()).doesNotContain(declined);
        }

        @Test
        void isTheCancellationOfATaskAsAwaitGivesIt() {
            given.body = new TaskCancelledException("mail was cancelled", given.reason);
            assertThat(failuresOf(given)).isEqualTo(given.failures);
        }

        @Test
        void isTheRefusalToFork() {
            given.body = new TaskGroupCancelledException("no more tasks", given.reason);
            assertThat(failuresOf(given)).isEqualTo(given.failures);
        }

        @Test
        void isWhatJoinThrew() {
            given.joinFailure = new TaskGroupException(GROUP, given.failures);
            given.body = given.joinFailure;
            assertThat(failuresOf(given)).isEqualTo(given.failures);
        }

        @Test
        void isAnInterruptDeepInACauseChain() {
            given.body = new IllegalStateException(new ExecutionException(new InterruptedException()));
            assertThat(failuresOf(given)).isEqualTo(given.failures);
        }

        @Test
        void isAGroupInsideThatOnlyEndedForTheSameReason() {
            given.body = new TaskGroupException("inner", List.of(failed("a", new InterruptedException())));
            assertThat(failuresOf(given)).isEqualTo(given.failures);
        }

        @Test
        void isNotAGroupInsideInWhichSomethingReallyFailed() {
            given.body = new TaskGroupException(
                    "inner", List.of(failed("a", new InterruptedException()), failed("b", new IOException())));
            assertThat(failuresOf(given)).isEqualTo(given.failuresAndBody());
        }

        @Test
        void isNotATimeoutOfASocket() {
            given.body = new SocketTimeoutException();
            assertThat(failuresOf(given)).isEqualTo(given.failuresAndBody());
        }

        @Test
        void isNotTheFailureOfATaskThatIsNotListed() {
            given.body = new TaskFailedException("of another group", new IllegalStateException("declined"));
            assertThat(failuresOf(given)).isEqualTo(given.failuresAndBody());
        }

        @Test
        void isNotAFailureThatTheBodyWrapsInItsOwnWords() {
            given.body = new IOException("no payment, no order", new TaskFailedException("payment failed", declined));
            assertThat(failuresOf(given)).isEqualTo(given.failuresAndBody());
            assertNoCycle(given.verdict().thrown());
        }

        @Test
        void isAListedFailureAlsoAfterTheDeadline() {
            Given late = Given.cancelled(Kind.TIMEOUT).policyFails().listed(failed("payment", declined));
            late.body = new TaskFailedException("payment failed", declined);
            assertThat(failuresOf(late)).isEqualTo(late.failures);
        }

        /** The policy let the failure pass, but the body did not: it is still the same failure. */
        @Test
        void isAListedFailureAlsoAfterTheDeadlineUnderAPolicyThatIsContent() {
            Given late = Given.cancelled(Kind.TIMEOUT).listed(failed("payment", declined));
            late.body = new TaskFailedException("payment failed", declined);
            assertThat(failuresOf(late)).isEqualTo(late.failures);
        }

        /** Java adds to the interrupt what closing a resource on the way out throws. */
        @Test
        void leavesBehindWhatClosingAResourceThrew() {
            IOException closing = new IOException("close");
            given.body = suppressing(new InterruptedException(), closing);
            assertThat(failuresOf(given))
                    .startsWith(given.failures.toArray(TaskFailure[]::new))
                    .last()
                    .isEqualTo(new TaskFailure("body", closing));
        }

        @Test
        void leavesNothingBehindIfClosingOnlyEchoedTheCancellationToo() {
            given.body = suppressing(
                    new InterruptedException(),
                    new TaskCancelledException("close", given.reason),
                    new NotJoinedException(null),
                    declined);
            assertThat(failuresOf(given)).isEqualTo(given.failures);
        }

        /** Nothing is lost. */
        @Test
        void leavesBehindAllThatClosingSeveralResourcesThrew() {
            IOException first = new IOException("first");
            IOException second = new IOException("second");
            given.body = suppressing(new InterruptedException(), first, second);
            assertThat(everythingIn(given.verdict().thrown())).contains(first, second);
        }

        private List<TaskFailure> failuresOf(Given given) {
            Throwable thrown = given.verdict().thrown();
            assertThat(thrown).isInstanceOf(TaskGroupException.class);
            return ((TaskGroupException) thrown).failures();
        }
    }

    // ---- the body's own exception

    @Nested
    class TheBodysOwnException {
        private final IllegalStateException declined = new IllegalStateException("declined");

        @Test
        void suppressesWhatElseFailedInOneGroupException() {
            IllegalStateException lost = new IllegalStateException("lost");
            Given given = Given.cancelled(Kind.BODY_FAILED)
                    .policyFails()
                    .listed(failed("payment", declined), failed("mail", lost))
                    .bodyThrew(new IOException("own"));
            assertThat(given.verdict().thrown()).isSameAs(given.body);
            assertThat(given.body.getSuppressed())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            TaskGroupException.class,
                            others -> assertThat(others.failures()).isEqualTo(given.failures));
        }

        @Test
        void doesNotSuppressTheFailureThatItTells() {
            Given given = Given.cancelled(Kind.BODY_FAILED)
                    .listed(failed("payment", declined), failed("mail", new IOException()))
                    .bodyThrew(new TaskFailedException("payment failed", declined));
            assertThat(given.verdict().thrown()).isSameAs(given.body);
            assertThat(given.body.getSuppressed())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            TaskGroupException.class,
                            others -> assertThat(others.failures()).containsExactly(given.failures.get(1)));
        }

        @Test
        void doesNotSuppressItself() {
            Given given = Given.cancelled(Kind.BODY_FAILED)
                    .listed(failed("payment", declined))
                    .bodyThrew(declined);
            assertThat(given.verdict().thrown()).isSameAs(declined);
            assertThat(declined.getSuppressed()).isEmpty();
        }

        @Test
        void makesNoCycleWithATaskThatFailedBecauseOfIt() {
            IOException own = new IOException("own");
            IllegalStateException shown = new IllegalStateException("the body said", own);
            IllegalStateException suppressing = new IllegalStateException("the body said, in passing");
            suppressing.addSuppressed(new ExecutionException(own));
            Given given = Given.cancelled(Kind.BODY_FAILED)
                    .listed(failed("a", shown), failed("b", suppressing), failed("c", declined))
                    .bodyThrew(own);
            assertNoCycle(given.verdict().thrown());
            assertThat(everythingIn(own)).contains(declined);
        }

        @Test
        void isFoundToHaveNoPartInAFailureThatIsACircleOfItsOwn() {
            IllegalStateException first = new IllegalStateException("first");
            IllegalStateException second = new IllegalStateException("second", first);
            first.initCause(second);
            Given given = Given.cancelled(Kind.BODY_FAILED)
                    .listed(failed("payment", first))
                    .bodyThrew(new IOException("own"));
            assertThat(given.verdict().thrown()).isSameAs(given.body);
            assertThat(everythingIn(given.body)).contains(first, second);
        }

        @Test
        void isTheOneThatLeftTheBodyAlsoWhenItSaysThatTheBodyWasAskedToStop() {
            Given given = Given.cancelled(Kind.BODY_FAILED)
                    .bodyThrew(new TaskCancelledException("no", reason(Kind.REQUESTED)));
            assertThat(given.verdict().thrown()).isSameAs(given.body);
        }
    }

    // ---- join

    @Nested
    class AFailureOfJoin {
        @Test
        void isThrownAgainWhenTheBodySwallowedIt() {
            Given given = new Given().policyFails().listed(failed("payment", new IOException()));
            given.joinFailure = given.verdict().thrown();
            assertThat(given.verdict().thrown())
                    .isInstanceOfSatisfying(
                            TaskGroupException.class,
                            thrown -> assertThat(thrown.failures()).isEqualTo(given.failures));
        }

        /** A later fork may have met the quorum that the first join missed. */
        @Test
        void isThrownWhenItLeavesTheBodyThoughThePolicyIsContentByNow() {
            TaskGroupException missed = new TaskGroupException(GROUP, List.of());
            Given given = new Given().bodyThrew(missed);
            given.joinFailure = missed;
            assertThat(given.verdict().thrown()).isNotNull();
            assertThat(given.verdict().outcome()).isEqualTo(GroupOutcome.FAILED);
        }

        @Test
        void doesNotHideWhatTheBodyThrowsInstead() {
            Given given = Given.cancelled(Kind.TASK_FAILED).policyFails().listed(failed("payment", new IOException()));
            given.joinFailure = given.verdict().thrown();
            given.body = new IOException("own");
            assertThat(((TaskGroupException) given.verdict().thrown()).failures())
                    .isEqualTo(given.failuresAndBody());
        }
    }

    // ---- fatal errors

    @Nested
    class AFatalError {
        private final OutOfMemoryError fatal = new OutOfMemoryError("heap");
        private final IllegalStateException declined = new IllegalStateException("declined");
        private final IOException own = new IOException("own");

        @ParameterizedTest
        @EnumSource(Kind.class)
        void ofATaskIsThrownAsItIsWhateverCancelledTheGroup(Kind kind) {
            Given given = Given.cancelled(kind)
                    .policyFails()
                    .listed(failed("payment", declined), failed("image", fatal))
                    .bodyThrew(own);
            assertThat(given.verdict()).isEqualTo(new Verdict(GroupOutcome.FAILED, fatal));
            assertThat(fatal.getSuppressed()).containsExactly(declined, own);
        }

        @ParameterizedTest
        @EnumSource(Kind.class)
        void ofTheBodyIsThrownAsItIsWhateverCancelledTheGroup(Kind kind) {
            Given given = Given.cancelled(kind)
                    .policyFails()
                    .listed(failed("payment", declined), failed("mail", own))
                    .bodyThrew(fatal);
            assertThat(given.verdict()).isEqualTo(new Verdict(GroupOutcome.FAILED, fatal));
            assertThat(fatal.getSuppressed()).containsExactly(declined, own);
        }

        @Test
        void isThrownAlsoUnderAPolicyThatIsContent() {
            Given given = Given.cancelled(Kind.TASK_FAILED).listed(failed("image", fatal));
            assertThat(given.verdict()).isEqualTo(new Verdict(GroupOutcome.FAILED, fatal));
        }

        @Test
        void isThrownAlsoWhenNothingCancelledTheGroup() {
            Given given = new Given().policyFails().listed(failed("image", fatal));
            assertThat(given.verdict()).isEqualTo(new Verdict(GroupOutcome.FAILED, fatal));
        }

        @Test
        void isEveryVirtualMachineErrorAndLinkageErrorAndNoOther() {
            assertThat(Stream.of(
                            new OutOfMemoryError(),
                            new StackOverflowError(),
                            new InternalError(),
                            new UnknownError(),
                            new NoClassDefFoundError(),
                            new ExceptionInInitializerError(),
                            new UnsatisfiedLinkError()))
                    .allMatch(Verdict::isFatal);
            assertThat(Stream.of(
                            new AssertionError(), new Error(), new IllegalStateException(fatal), new IOException()))
                    .noneMatch(Verdict::isFatal);
        }

        @Test
        void doesNotSuppressWhatIsOnlyAnEcho() {
            Given given = Given.cancelled(Kind.TASK_FAILED).policyFails().listed(failed("image", fatal));
            given.body = new InterruptedException();
            assertThat(given.verdict().thrown()).isSameAs(fatal);
            assertThat(fatal.getSuppressed()).isEmpty();
        }

        @Test
        void makesNoCycleWhenTheBodyWrapsIt() {
            Given given = Given.cancelled(Kind.TASK_FAILED).policyFails().listed(failed("image", fatal));
            given.body = new IllegalStateException("no image", new TaskFailedException("image failed", fatal));
            assertThat(given.verdict().thrown()).isSameAs(fatal);
            assertNoCycle(fatal);
        }

        @Test
        void suppressesOneThrowableOfTwoTasksOnce() {
            Given given = Given.cancelled(Kind.TASK_FAILED)
                    .policyFails()
                    .listed(failed("image", fatal), failed("a", declined), failed("b", declined));
            assertThat(given.verdict().thrown().getSuppressed()).containsExactly(declined);
        }

        @Test
        void suppressesAFailureOnceThoughTheBodyTellsItAgain() {
            Given given = Given.cancelled(Kind.TASK_FAILED)
                    .policyFails()
                    .listed(failed("payment", declined), failed("image", fatal))
                    .bodyThrew(new TaskFailedException("payment failed", declined));
            assertThat(given.verdict().thrown()).isSameAs(fatal);
            assertThat(fatal.getSuppressed()).containsExactly(declined);
        }

        @Test
        void suppressesAFailureOnceThoughTheBodyTellsItAgainUnderAPolicyThatIsContent() {
            Given given = Given.cancelled(Kind.TASK_FAILED)
                    .listed(failed("payment", declined), failed("image", fatal))
                    .bodyThrew(new TaskFailedException("payment failed", declined));
            assertThat(given.verdict().thrown()).isSameAs(fatal);
            assertThat(fatal.getSuppressed()).containsExactly(declined);
        }

        /** First {@code join} asks, then the end of the block. */
        @Test
        void suppressesTheOthersOnceThoughTheVerdictIsAskedTwice() {
            Given given = Given.cancelled(Kind.TASK_FAILED)
                    .policyFails()
                    .listed(failed("image", fatal), failed("payment", declined));
            given.joinFailure = given.verdict().thrown();
            given.body = given.joinFailure;
            assertThat(given.verdict().thrown()).isSameAs(fatal);
            assertThat(fatal.getSuppressed()).containsExactly(declined);
        }

        @Test
        void ofATaskWinsOverTheOneThatFollowsInTheBody() {
            Given given = Given.cancelled(Kind.TASK_FAILED).policyFails().listed(failed("image", fatal));
            given.body = new StackOverflowError();
            assertThat(given.verdict().thrown()).isSameAs(fatal);
            assertThat(fatal.getSuppressed()).containsExactly(given.body);
        }
    }

    // ---- what the exceptions say

    @Nested
    class TheException {
        @Test
        void isTheInterruptOfTheBodyItselfIfThatCameFromOutside() {
            Given given = Given.cancelled(Kind.INTERRUPTED).bodyThrew(new InterruptedException("from outside"));
            assertThat(given.verdict().thrown()).isSameAs(given.body);
        }

        /** The owner was interrupted from outside: that is what the caller gets, and what closing threw is in it. */
        @Test
        void isTheInterruptFromOutsideAlsoWhenClosingAResourceFailedOnTheWay() {
            InterruptedException outside = suppressing(new InterruptedException("from outside"), new IOException());
            Given given = Given.cancelled(Kind.INTERRUPTED).bodyThrew(outside);
            assertThat(given.verdict().thrown()).isSameAs(outside);
        }

        @Test
        void ofAGroupStoppedByItsParentIsNotTheInterruptThatWeSent() {
            Given given = Given.cancelled(Kind.PARENT_CANCELLED).bodyThrew(new InterruptedException("ours"));
            assertThat(given.verdict().thrown())
                    .isNotSameAs(given.body)
                    .hasMessageContaining(GROUP)
                    .hasMessageContaining("PARENT_CANCELLED");
        }

        @Test
        void ofACallStoppedByCancelSaysWhyAndWhereTheBodyWas() {
            Given given = Given.cancelled(Kind.REQUESTED).bodyThrew(new InterruptedException("in sleep"));
            assertThat(given.verdict().thrown())
                    .hasCause(given.body)
                    .hasMessageContaining(GROUP)
                    .hasMessageContaining(given.reason.message());
        }

        @Test
        void listsTwoFailuresOfOneThrowableTwiceAndSuppressesItNotAtAll() {
            IllegalStateException shared = new IllegalStateException("shared");
            Given given =
                    Given.cancelled(Kind.TASK_FAILED).policyFails().listed(failed("a", shared), failed("b", shared));
            assertThat(((TaskGroupException) given.verdict().thrown()).failures())
                    .isEqualTo(given.failures);
            assertThat(given.verdict().thrown()).hasCause(shared).hasNoSuppressedExceptions();
        }

        @Test
        void listsFailuresInTheOrderTheyHappenedWithTheBodysLast() {
            Given given = Given.cancelled(Kind.TASK_FAILED)
                    .policyFails()
                    .listed(failed("second forked", new IOException()), failed("first forked", new IOException()));
            given.body = new IOException("own");
            assertThat(((TaskGroupException) given.verdict().thrown()).failures())
                    .extracting(TaskFailure::taskName)
                    .containsExactly("second forked", "first forked", "body");
        }
    }

    // ---- fixture

    /** Evidence in the making; what a test does not mention is as in a group that went well. */
    private static final class Given {
        @Nullable
        CancelReason reason;

        List<TaskFailure> failures = List.of();
        boolean success = true;

        @Nullable
        Throwable body;

        @Nullable
        Throwable joinFailure;

        boolean wantsValue = true;
        OnTimeout onTimeout = OnTimeout.FAIL;

        static Given cancelled(Kind kind) {
            Given given = new Given();
            given.reason = reason(kind);
            return given;
        }

        Given policyFails() {
            success = false;
            return this;
        }

        Given listed(TaskFailure... failed) {
            failures = List.of(failed);
            return this;
        }

        Given bodyThrew(Throwable thrown) {
            body = thrown;
            return this;
        }

        List<TaskFailure> failuresAndBody() {
            return Stream.concat(failures.stream(), Stream.of(new TaskFailure("body", body)))
                    .toList();
        }

        Verdict verdict() {
            return new Evidence(
                            GROUP,
                            reason,
                            failures,
                            success,
                            body,
                            joinFailure,
                            wantsValue,
                            onTimeout,
                            TIMEOUT,
                            UNFINISHED)
                    .verdict();
        }
    }

    private static <X extends Throwable> X suppressing(X thrown, Throwable... suppressed) {
        for (Throwable one : suppressed) {
            thrown.addSuppressed(one);
        }
        return thrown;
    }

    private static CancelReason reason(Kind kind) {
        return new CancelReason(kind, "because of " + kind, Optional.empty());
    }

    private static TaskFailure failed(String task, Throwable thrown) {
        return new TaskFailure(task, thrown);
    }

    private static TaskFailure cancelledTask(String task) {
        return new TaskFailure(task, new TaskCancelledException(task + " was cancelled", reason(Kind.REQUESTED)));
    }

    /** Follows causes and suppressed exceptions: none may lead back to where it came from. */
    private static void assertNoCycle(Throwable from) {
        assertNoCycle(from, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static void assertNoCycle(Throwable from, Set<Throwable> path) {
        assertThat(path.add(from)).as("%s leads back to itself", from).isTrue();
        next(from).forEach(reached -> assertNoCycle(reached, path));
        path.remove(from);
    }

    private static Set<Throwable> everythingIn(@Nullable Throwable from) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(from, seen);
        return seen;
    }

    private static void collect(@Nullable Throwable from, Set<Throwable> seen) {
        if (from != null && seen.add(from)) {
            next(from).forEach(reached -> collect(reached, seen));
        }
    }

    private static List<Throwable> next(Throwable from) {
        return Stream.concat(Stream.ofNullable(from.getCause()), Arrays.stream(from.getSuppressed()))
                .toList();
    }
}
