package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 15: what has ended is garbage, unless the user holds it. */
@Timeout(60)
class MemoryTest {
    private static final TaskGroupOptions TOLERANT =
            TaskGroupOptions.named("group").withPolicy(JoinPolicy.noFailures()).withTimeout(Duration.ofHours(1));

    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final Leftovers leftovers = new Leftovers();

    /** Where tasks run. */
    enum Kind {
        PLATFORM_THREADS,
        POOL,
        DIRECT,
        LIMITED
    }

    @AfterEach
    void endPool() {
        pool.shutdownNow();
    }

    private TaskGroupFactory groups(Kind kind) {
        TaskGroupFactory.Builder builder = TaskGroupFactory.builder().contextCarrier(leftovers);
        return switch (kind) {
            case PLATFORM_THREADS -> builder.platformThreads().build();
            case POOL -> builder.executor(pool).build();
            case DIRECT -> builder.executor(Runnable::run).build();
            case LIMITED ->
                builder.platformThreads()
                        .defaults(TaskGroupOptions.named("any").withMaxConcurrency(1))
                        .build();
        };
    }

    @ParameterizedTest
    @EnumSource
    void anOpenGroupKeepsNothingOfAnEndedTask(Kind kind) throws InterruptedException {
        try (OpenTaskGroup group = groups(kind).open(TOLERANT)) {
            forkAndForget(group);
            group.join();
            leftovers.areCollected();
            assertThat(group.isCancelled()).isFalse();
        }
    }

    /** In a method of its own: no local variable of the caller holds a task. */
    private void forkAndForget(TaskGroup group) throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            Task<?> task = group.fork(leftovers.code());
            task.onCompletion(leftovers.callback());
            leftovers.add(task);
            leftovers.add(task.toCompletableFuture());
            leftovers.add(task.await());
        }
        Task<?> cancelled = group.fork(leftovers.code());
        cancelled.cancel();
        leftovers.add(cancelled);
    }

    @Test
    void anOpenGroupKeepsOfAFailedTaskTheFailureOnly() throws InterruptedException {
        try (OpenTaskGroup group = groups(Kind.POOL).open(TOLERANT.withPolicy(JoinPolicy.awaitAll()))) {
            forkAndForgetFailing(group);
            group.join();
            leftovers.areCollected();
            assertThat(((OwnedGroup) group).ledger().failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.taskName()).isEqualTo("bad"));
        }
    }

    private void forkAndForgetFailing(TaskGroup group) {
        Callable<?> code = leftovers.code();
        leftovers.add(group.fork("bad", () -> {
            code.call();
            throw new IllegalStateException("no seats");
        }));
    }

    @Test
    void anExecutorThatKeepsItsEntriesKeepsNoCodeOfCancelledTasks() throws InterruptedException {
        QueueExecutor busy = new QueueExecutor();
        TaskGroupFactory groups = TaskGroupFactory.builder()
                .executor(busy)
                .contextCarrier(leftovers)
                .build();
        try (OpenTaskGroup group = groups.open(TOLERANT)) {
            List<Task<?>> held = List.of(forkVoid(group), forkVoid(group));
            held.get(0).cancel();
            group.join(); // runs the other here
            assertThat(held).extracting(Task::state).containsExactly(TaskState.CANCELLED, TaskState.SUCCEEDED);
            leftovers.areCollected();
        }
        busy.runAll(); // until here it has kept the entries
    }

    private Task<Void> forkVoid(TaskGroup group) {
        Callable<Object> code = leftovers.code();
        return group.fork(() -> {
            code.call();
        });
    }

    @ParameterizedTest
    @EnumSource
    void theFactoryAndTheThreadsKeepNothingOfAnEndedGroup(Kind kind) {
        TaskGroupFactory groups = groups(kind);
        runAndForget(groups);
        leftovers.areCollected();
        assertThat(groups.snapshot()).isEmpty();
        assertThat(CurrentScope.get()).isNull();
    }

    private void runAndForget(TaskGroupFactory groups) {
        Object ofTheBody = leftovers.add(new Object());
        Throwable thrown = catchThrowable(() ->
                groups.run(TaskGroupOptions.named("outer").withTimeout(Duration.ofHours(1)), outer -> {
                    leftovers.add(outer);
                    leftovers.add(ofTheBody);
                    leftovers.add(outer.fork(() -> {
                        groups.run(TOLERANT, inner -> {
                            leftovers.add(inner);
                            forkAndForget(inner);
                        });
                        throw new IllegalStateException("no seats");
                    }));
                }));
        assertThat(thrown).isInstanceOf(TaskGroupException.class);
        leftovers.add(thrown);
    }

    @Test
    void theGroupAroundKeepsNothingOfAnEndedGroupInside() throws InterruptedException {
        TaskGroupFactory groups = groups(Kind.POOL);
        groups.run("outer", outer -> {
            groups.run(TOLERANT, inner -> {
                leftovers.add(inner);
                forkAndForget(inner);
            });
            leftovers.areCollected();
        });
    }

    @Test
    void anEndedGroupAndTaskThatAreHeldHoldNoThreadContextOrBody() throws InterruptedException {
        List<Object> held = new ArrayList<>();
        List<Class<?>> thrown = new ArrayList<>();
        Thread owner = new Thread(() -> thrown.add(runAndHold(held)), "owner");
        leftovers.add(owner);
        owner.start();
        owner.join();
        owner = null;
        leftovers.areCollected();
        assertThat(held).hasSize(3);
        assertThat(thrown).isEqualTo(List.of(TaskGroupException.class));
    }

    /** Returns the class of what the group threw: an assertion on the owner's thread would fail unseen. */
    private Class<?> runAndHold(List<Object> held) {
        Object ofTheBody = leftovers.add(new Object());
        TaskGroupFactory.Builder builder = TaskGroupFactory.builder().contextCarrier(leftovers);
        TaskGroupFactory groups = builder.threadFactory(leftovers.<Thread, Runnable>adding(Thread::new)::apply)
                .build();
        Throwable thrown = catchThrowable(() -> groups.run("outer", outer -> {
            leftovers.add(ofTheBody);
            held.add(outer);
            held.add(outer.fork(() -> {
                groups.run("inner", inner -> {
                    held.add(inner);
                    leftovers.add(inner.fork(leftovers.code()));
                });
                throw new IllegalStateException("no seats");
            }));
            outer.join();
        }));
        return thrown.getClass();
    }

    @Test
    void anEndedGroupThatIsHeldHoldsNothingOfWhatIsAroundIt() throws InterruptedException {
        List<TaskGroup> held = new ArrayList<>();
        runInsideAndHold(held);
        leftovers.areCollected();
        assertThat(held).singleElement().matches(inner -> inner.parent().isEmpty());
    }

    private void runInsideAndHold(List<TaskGroup> held) throws InterruptedException {
        TaskGroupFactory groups = groups(Kind.POOL);
        groups.run("outer", outer -> {
            leftovers.add(outer);
            leftovers.add(outer.fork(() -> groups.run("inner", held::add)));
        });
    }

    @Test
    void aMillionForksInTurnStayFlat() throws InterruptedException {
        TaskGroupFactory groups =
                TaskGroupFactory.builder().executor(Runnable::run).build();
        groups.run("group", group -> {
            fork(group, 10_000);
            long before = usedAfterCollection();
            fork(group, 1_000_000);
            await().pollInSameThread()
                    .until(() -> usedAfterCollection() - before < 2_000_000); // two bytes a task: not even a reference
            assertThat(group.liveTasks()).isZero();
        });
    }

    private static void fork(TaskGroup group, int times) {
        for (int i = 0; i < times; i++) {
            group.fork(() -> {});
        }
    }

    static long usedAfterCollection() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void aPooledThreadIsAfterATaskWhatItWasBefore() throws Exception {
        ThreadLocal<String> own = new ThreadLocal<>();
        ExecutorService one = Executors.newSingleThreadExecutor();
        TaskGroupFactory groups = TaskGroupFactory.builder().executor(one).build();
        try {
            Callable<List<Object>> look = () -> {
                Thread thread = Thread.currentThread();
                return List.of(
                        thread.getName(),
                        thread.getPriority(),
                        thread.getContextClassLoader(),
                        thread.isInterrupted(),
                        String.valueOf(own.get()),
                        String.valueOf(CurrentScope.get()));
            };
            one.submit(() -> own.set("the application's")).get();
            List<Object> before = one.submit(look).get();
            groups.run(TOLERANT, outer -> {
                Gate gate = new Gate();
                Task<?> task = outer.fork(() -> groups.run("inner", inner -> {
                    inner.fork(() -> {});
                    gate.pass();
                }));
                gate.awaitArrival();
                task.cancel();
            });
            assertThat(one.submit(look).get()).isEqualTo(before);
        } finally {
            one.shutdown();
        }
    }

    /** Knows what should be garbage, and is a carrier whose contexts should be too. */
    private static final class Leftovers implements ContextCarrier {
        private final List<WeakReference<?>> references = new ArrayList<>();

        <T> T add(T object) {
            synchronized (references) {
                references.add(new WeakReference<>(object));
            }
            return object;
        }

        /** Returns code that is remembered, and returns a result that is remembered. */
        Callable<Object> code() {
            Object captured = new Object();
            add(captured);
            return add(() -> add(List.of(captured)));
        }

        Consumer<Object> callback() {
            Object captured = new Object();
            add(captured);
            return add(ended -> add(List.of(captured, ended)));
        }

        <R, A> Function<A, R> adding(Function<A, R> function) {
            return argument -> add(function.apply(argument));
        }

        void areCollected() {
            assertThat(references).isNotEmpty();
            await().pollInSameThread().pollInterval(Duration.ofMillis(5)).untilAsserted(() -> {
                System.gc();
                synchronized (references) {
                    assertThat(references).allMatch(reference -> reference.get() == null);
                }
            });
        }

        @Override
        public Captured capture() {
            return add(new Captured() {
                @Override
                public <T> T call(Callable<T> task) throws Exception {
                    return task.call();
                }
            });
        }
    }
}
