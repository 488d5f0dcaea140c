package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A scope that belongs to no group, and what tests do with it and see of it. */
final class LoneScope extends CancelScope {
    static final CancelReason REASON = CancelReason.of(CancelReason.Kind.REQUESTED, "enough");
    static final CancelReason OTHER = CancelReason.of(CancelReason.Kind.TIMEOUT, "too late");

    private static final VarHandle STATE = state();

    final List<CancelReason> askedBelow = new ArrayList<>();

    private final boolean interruptible;

    LoneScope(boolean interruptible) {
        this.interruptible = interruptible;
    }

    @Override
    boolean isInterruptible() {
        return interruptible;
    }

    private static VarHandle state() {
        try {
            return MethodHandles.privateLookupIn(CancelScope.class, MethodHandles.lookup())
                    .findVarHandle(CancelScope.class, "state", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the state as the class comment calls it. */
    String stateName() {
        Object state = STATE.getVolatile(this);
        if (state instanceof StopRequest request) {
            return request.delivery.name();
        }
        if (state instanceof Thread) {
            return "RUNNING";
        }
        if (state == null) {
            return "NEW";
        }
        return state instanceof String phase
                ? phase
                : state.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    @Nullable
    StopRequest ask(CancelReason reason) {
        return ask(reason, System.nanoTime());
    }

    static void clearStack() {
        while (CurrentScope.get() instanceof LoneScope top) {
            top.pop();
        }
    }

    @Override
    void askedBelow(CancelReason reason) {
        askedBelow.add(reason);
    }

    @Override
    List<TaskFailure> abandon() {
        throw new AssertionError("not reached");
    }

    @Override
    void throwIfWaitIsOver(ForkedTask<?> awaited) {}

    @Override
    OwnedGroup ownedGroup() {
        throw new AssertionError("not reached");
    }

    @Override
    @Nullable
    CancelScope enclosing() {
        return null;
    }

    @Override
    @Nullable
    ForkedTask<?> task() {
        return null;
    }

    static void enterAndPush(LoneScope scope) {
        assertThat(scope.enter()).isTrue();
        scope.push();
        scope.listenToBelow();
    }

    static void assertState(LoneScope scope, String expected) {
        assertThat(scope.stateName()).isEqualTo(expected);
    }

    static void assertFlag(boolean expected) {
        assertThat(Thread.currentThread().isInterrupted())
                .as("the interrupt flag")
                .isEqualTo(expected);
    }

    /** Runs on another thread; waits for it without touching the flag of this one. */
    static <T> @Nullable T elsewhere(Supplier<? extends @Nullable T> action) {
        return CompletableFuture.<T>supplyAsync(action::get).join();
    }
}
