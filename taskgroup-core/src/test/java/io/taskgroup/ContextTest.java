package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskgroup.ContextCarrier.Captured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 11: context is captured at fork, restored in the task, put back after it; carriers may be broken. */
class ContextTest {
    private final List<String> trail = new ArrayList<>();

    static List<Throwable> thrown() {
        return List.of(
                new IllegalStateException("no context"), new IOException("no context"), new NoClassDefFoundError());
    }

    @Nested
    class Capture {
        @Test
        void ofNothingIsNothing() {
            assertThat(Context.capture(List.of(), false)).isNull();
        }

        @Test
        void ofOneCarrierIsWhatItCaptured() {
            Captured captured = new Recorded("mdc");
            assertThat(Context.capture(List.of(() -> captured), false)).isSameAs(captured);
        }

        @Test
        void asksEveryCarrierOnceInTheOrderGiven() {
            Context.capture(List.of(carrier("mdc"), carrier("trace"), carrier("security")), false);
            assertThat(trail).containsExactly("capture mdc", "capture trace", "capture security");
        }

        @ParameterizedTest
        @MethodSource("io.taskgroup.ContextTest#thrown")
        void ofACarrierThatThrowsGivesAContextThatThrowsTheSame(Throwable broken) {
            Captured context = Context.capture(List.of(carrier("mdc"), throwing(broken)), false);
            assertThatThrownBy(() -> context.call(() -> "never")).isSameAs(broken);
            assertThatThrownBy(() -> context.call(() -> "never")).isSameAs(broken);
            assertThat(trail).doesNotContain("enter mdc");
        }

        @Test
        void ofACarrierThatThrowsLetsGoOfWhatWasCapturedBefore() {
            Captured context = Context.capture(
                    List.of(carrier("mdc"), carrier("trace"), throwing(new IllegalStateException()), carrier("late")),
                    false);
            assertThat(trail).containsExactly("capture mdc", "capture trace", "discard trace", "discard mdc");
            assertThatCode(context::discard).doesNotThrowAnyException();
            assertThat(trail).hasSize(4);
        }

        @Test
        void ofACarrierThatReturnsNullNamesTheCarrier() {
            ContextCarrier nothing = new ContextCarrier() {
                @Override
                public Captured capture() {
                    return null;
                }

                @Override
                public String toString() {
                    return "the null carrier";
                }
            };
            Captured context = Context.capture(List.of(nothing), false);
            assertThatNullPointerException()
                    .isThrownBy(() -> context.call(() -> "never"))
                    .withMessageContaining("the null carrier");
        }

        /** Rule 11: a carrier that throws fails that task, never the thread. */
        @Test
        void neverThrowsAlsoWhenWhatWasCapturedBeforeCannotBeLetGo() {
            IllegalStateException broken = new IllegalStateException("capture");
            Captured context = Context.capture(List.of(() -> new Recorded("mdc", "discard"), throwing(broken)), false);
            assertThatThrownBy(() -> context.call(() -> "never")).isSameAs(broken);
        }
    }

    /** What a new thread has by itself is left out where the task gets one. */
    @Nested
    class Inherited {
        private final ContextCarrier inherited = () -> new Recorded("loader") {
            @Override
            public boolean isInherited() {
                trail.add("asked loader");
                return true;
            }
        };

        @Test
        void isNothingForANewThread() {
            assertThat(Context.capture(List.of(inherited, inherited), true)).isNull();
        }

        @Test
        void isLeftOutForANewThreadAndTheRestIsCarried() throws Exception {
            Captured context = Context.capture(List.of(carrier("mdc"), inherited, carrier("trace")), true);
            trail.clear();
            context.call(() -> trail.add("task"));
            Context.discard(context, null);
            assertThat(trail)
                    .containsExactly(
                            "enter mdc",
                            "enter trace",
                            "task",
                            "exit trace",
                            "exit mdc",
                            "discard trace",
                            "discard mdc");
        }

        @Test
        void isCarriedToAnyOtherThreadWithoutBeingAsked() throws Exception {
            Context.capture(List.of(inherited), false).call(() -> trail.add("task"));
            assertThat(trail).containsExactly("enter loader", "task", "exit loader");
        }

        @Test
        void isNotWhatACarrierSaysByDefault() {
            assertThat(Context.capture(List.of(new CountingCarrier()), true)).isNotNull();
        }

        @Test
        void thatCannotBeAskedFailsTheTask() {
            IllegalStateException broken = new IllegalStateException("isInherited");
            Captured context = Context.capture(
                    List.of(carrier("mdc"), () -> new Recorded("loader") {
                        @Override
                        public boolean isInherited() {
                            throw broken;
                        }
                    }),
                    true);
            assertThatThrownBy(() -> context.call(() -> "never")).isSameAs(broken);
            assertThat(trail).containsExactly("capture mdc", "discard loader", "discard mdc");
        }
    }

    @Nested
    class Call {
        @Test
        void restoresTheFirstCarriersContextOutermostAndPutsItBackLast() throws Exception {
            Captured context = Context.capture(List.of(carrier("mdc"), carrier("trace"), carrier("security")), false);
            trail.clear();
            String value = context.call(() -> {
                trail.add("task");
                return "value";
            });
            assertThat(value).isEqualTo("value");
            assertThat(trail)
                    .containsExactly(
                            "enter mdc",
                            "enter trace",
                            "enter security",
                            "task",
                            "exit security",
                            "exit trace",
                            "exit mdc");
        }

        @ParameterizedTest
        @MethodSource("io.taskgroup.ContextTest#thrown")
        void letsWhatTheTaskThrowsThroughAndPutsBackAllTheSame(Throwable thrown) {
            Captured context = Context.capture(List.of(carrier("mdc"), carrier("trace")), false);
            trail.clear();
            assertThatThrownBy(() -> context.call(() -> rethrow(thrown))).isSameAs(thrown);
            assertThat(trail).containsExactly("enter mdc", "enter trace", "exit trace", "exit mdc");
        }

        @Test
        void mayBeMadeAgainForObserversAndCallbacks() throws Exception {
            Captured context = Context.capture(List.of(carrier("mdc"), carrier("trace")), false);
            assertThat(context.call(() -> 1)).isEqualTo(1);
            assertThat(context.call(() -> 2)).isEqualTo(2);
        }
    }

    @Nested
    class Run {
        @Test
        void withoutAContextJustRuns() {
            Context.run(null, () -> trail.add("call"), null);
            assertThat(trail).containsExactly("call");
        }

        @Test
        void runsInsideTheContext() {
            Context.run(new Recorded("mdc"), () -> trail.add("call"), null);
            assertThat(trail).containsExactly("enter mdc", "call", "exit mdc");
        }

        @Test
        void runsAlsoWhenTheCarrierThrowsBeforeAndLogsIt() {
            try (Logged logged = new Logged()) {
                Context.run(new Recorded("mdc", "enter"), () -> trail.add("call"), null);
                assertThat(trail).containsExactly("enter mdc", "call");
                assertThat(logged.records())
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.getThrown()).hasMessage("enter mdc"));
            }
        }

        @Test
        void runsOnceWhenTheCarrierThrowsAfterwardsAndLogsIt() {
            try (Logged logged = new Logged()) {
                Context.run(new Recorded("mdc", "exit"), () -> trail.add("call"), null);
                assertThat(trail).containsExactly("enter mdc", "call", "exit mdc");
                assertThat(logged.records())
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.getThrown()).hasMessage("exit mdc"));
            }
        }

        @Test
        void runsAlsoInABrokenContext() {
            Captured context = Context.capture(List.of(throwing(new IllegalStateException("no context"))), false);
            try (Logged logged = new Logged()) {
                Context.run(context, () -> trail.add("call"), null);
                assertThat(trail).containsExactly("call");
                assertThat(logged.records()).hasSize(1);
            }
        }

        /** Else no callback runs, and no observer sees the end of the task. */
        @Test
        void runsAlsoWhenTheCarrierForgetsToCall() {
            Captured forgetful = new Captured() {
                @Override
                public <T> T call(Callable<T> task) {
                    return null;
                }
            };
            Context.run(forgetful, () -> trail.add("call"), null);
            assertThat(trail).containsExactly("call");
        }
    }

    @Nested
    class Discard {
        @Test
        void ofNothingDoesNothing() {
            assertThatCode(() -> Context.discard(null, null)).doesNotThrowAnyException();
        }

        @Test
        void letsGoOfEveryContextInnermostFirst() {
            Captured context = Context.capture(List.of(carrier("mdc"), carrier("trace"), carrier("security")), false);
            trail.clear();
            Context.discard(context, null);
            assertThat(trail).containsExactly("discard security", "discard trace", "discard mdc");
        }

        @Test
        void letsGoOfTheOthersWhenOneThrowsAndLogsIt() {
            Captured context = Context.capture(
                    List.of(carrier("mdc"), () -> new Recorded("trace", "discard"), carrier("security")), false);
            trail.clear();
            try (Logged logged = new Logged()) {
                Context.discard(context, null);
                assertThat(trail).containsExactly("discard security", "discard trace", "discard mdc");
                assertThat(logged.records())
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.getThrown()).hasMessage("discard trace"));
            }
        }
    }

    // ---- fixture

    private ContextCarrier carrier(String name) {
        return () -> {
            trail.add("capture " + name);
            return new Recorded(name);
        };
    }

    private static ContextCarrier throwing(Throwable broken) {
        return () -> rethrow(broken);
    }

    private static <T> T rethrow(Throwable thrown) {
        return ContextTest.<T, RuntimeException>sneak(thrown);
    }

    @SuppressWarnings("unchecked") // as Kotlin code, or a carrier with @SneakyThrows, does
    private static <T, X extends Throwable> T sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }

    /** A context that writes down what is done with it; it may throw at one of the steps. */
    private class Recorded implements Captured {
        private final String name;
        private final @Nullable String brokenStep;

        Recorded(String name) {
            this(name, null);
        }

        Recorded(String name, @Nullable String brokenStep) {
            this.name = name;
            this.brokenStep = brokenStep;
        }

        @Override
        public <T> T call(Callable<T> task) throws Exception {
            step("enter");
            try {
                return task.call();
            } finally {
                step("exit");
            }
        }

        @Override
        public void discard() {
            step("discard");
        }

        private void step(String step) {
            trail.add(step + " " + name);
            if (step.equals(brokenStep)) {
                throw new IllegalStateException(step + " " + name);
            }
        }
    }
}
