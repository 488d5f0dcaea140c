package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Rule 17: a bad argument is named, and nothing was started. */
@SuppressWarnings("NullAway")
interface Rule17Arguments extends OnThreads {
    @Test
    default void nullArgumentsOfTheFactoryAreNamed() {
        Trail trail = new Trail();
        TaskGroupFactory groups = groups(builder().observer(trail));
        isNamed("groupName", () -> groups.call((String) null, group -> 1));
        isNamed("options", () -> groups.call((TaskGroupOptions) null, group -> 1));
        isNamed("body", () -> groups.call("group", null));
        isNamed("body", () -> groups.run("group", null));
        isNamed("body", () -> groups.run(TaskGroupOptions.named("group"), null));
        isNamed("groupName", () -> groups.open((String) null));
        isNamed("options", () -> groups.open((TaskGroupOptions) null));
        isNamed("groupName", () -> groups.options(null));
        assertThat(trail.steps()).isEmpty();
    }

    @Test
    default void nullArgumentsOfTheGroupAndTheTaskAreNamed() throws InterruptedException {
        Trail trail = new Trail();
        groups(builder().observer(trail)).run("group", group -> {
            isNamed("task", () -> group.fork((Callable<Object>) null));
            isNamed("task", () -> group.fork((TaskAction) null));
            isNamed("task", () -> group.fork("name", (Callable<Object>) null));
            isNamed("task", () -> group.fork("name", (TaskAction) null));
            isNamed("taskName", () -> group.fork(null, () -> 1));
            isNamed("reason", () -> group.cancel(null));
            isNamed("timeout", () -> group.reschedule(null));
            assertThat(trail.steps()).containsExactly("opened group");
            Task<Integer> task = group.fork(() -> 1);
            isNamed("reason", () -> task.cancel(null));
            isNamed("callback", () -> task.onCompletion(null));
        });
    }

    @Test
    default void blankNamesAndNonPositiveDurationsAreNamed() throws InterruptedException {
        TaskGroupFactory groups = groups();
        for (String blank : List.of("", " ", "\t\n")) {
            isRefused("groupName", () -> groups.run(blank, group -> {}));
            isRefused("groupName", () -> groups.open(blank));
            isRefused("groupName", () -> TaskGroupOptions.named(blank));
            groups.run("group", group -> isRefused("taskName", () -> group.fork(blank, () -> 1)));
        }
        for (Duration bad : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
            isRefused("timeout", () -> TaskGroupOptions.named("group").withTimeout(bad));
            groups.run("group", group -> isRefused("timeout", () -> group.reschedule(bad)));
        }
    }

    private static void isNamed(String argument, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(argument);
    }

    private static void isRefused(String argument, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(argument);
    }
}
