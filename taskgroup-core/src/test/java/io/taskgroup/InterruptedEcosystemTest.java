package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules 6 and 7 with what code really blocks in: a task is inside such a call when its sibling fails. */
@Timeout(60)
class InterruptedEcosystemTest {
    /** One call, on a thread of one kind. */
    record Case(BlockingCall call, boolean virtual) {
        BlockingCall.End end() {
            return virtual ? call.onVirtualThread : call.onPlatformThread;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (BlockingCall call : BlockingCall.values()) {
            cases.add(new Case(call, false));
            if (VirtualThreads.AVAILABLE) {
                cases.add(new Case(call, true));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aTaskThatIsStoppedInsideOfACallEndsAsRule6SaysAndLeavesNoInterrupt(Case tried) throws Exception {
        AtomicInteger flagsLeft = new AtomicInteger();
        IllegalStateException first = new IllegalStateException("first");
        Task<?>[] blocked = new Task<?>[1];
        TaskGroupException failed;
        try (CallSite site = new CallSite();
                TaskGroupFactory groups = TaskGroupFactory.builder()
                        .threadFactory(threads(tried.virtual, flagsLeft))
                        .observer(whenAsked(site, tried))
                        .build()) {
            failed = catchThrowableOfType(
                    TaskGroupException.class,
                    () -> groups.run("group", group -> {
                        blocked[0] = group.fork("blocked", () -> tried.call.code.call(site));
                        group.fork("bad", () -> {
                            site.awaitArrival();
                            throw first;
                        });
                    }));
        }
        BlockingCall.End end = tried.end();
        assertThat(blocked[0].isCancelRequested()).isTrue();
        assertThat(blocked[0].state()).isEqualTo(end.state());
        assertThat(blocked[0].exception().<Class<?>>map(Object::getClass)).isEqualTo(Optional.ofNullable(end.thrown()));
        assertThat(failed.failures().stream().<Throwable>map(TaskFailure::exception))
                .isEqualTo(
                        end.state() == TaskState.FAILED
                                ? List.of(first, blocked[0].exception().orElseThrow())
                                : List.of(first));
        assertThat(failed.getSuppressed()).hasSize(failed.failures().size() - 1);
        assertThat(flagsLeft).as("interrupts left on the task's thread").hasValue(0);
        assertThat(Thread.interrupted())
                .as("an interrupt left on the owner's thread")
                .isFalse();
    }

    /** What does not notice the interrupt goes on, and would for ever: now it gets what it waits for. */
    private static TaskGroupObserver whenAsked(CallSite site, Case tried) {
        return new TaskGroupObserver() {
            @Override
            public void taskCancelRequested(Task<?> task, CancelReason reason) {
                if (tried.end().state() == TaskState.SUCCEEDED) {
                    site.answer();
                }
            }
        };
    }

    private static ThreadFactory threads(boolean virtual, AtomicInteger flagsLeft) {
        ThreadFactory made = virtual ? VirtualThreads.factory("ecosystem-") : Thread::new;
        return task -> made.newThread(() -> {
            task.run();
            if (Thread.interrupted()) {
                flagsLeft.incrementAndGet();
            }
        });
    }
}
