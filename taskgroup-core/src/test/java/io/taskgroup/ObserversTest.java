package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 12: every observer gets every event; one that throws is logged once and left out. */
@Timeout(60)
class ObserversTest {
    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
            Duration.class, Duration.ofMillis(7),
            CancelReason.class, CancelReason.of(CancelReason.Kind.REQUESTED, "enough"),
            GroupOutcome.class, GroupOutcome.CANCELLED,
            Throwable.class, new IllegalStateException("no seats"),
            Thread.class, Thread.currentThread());

    private final List<String> trail = new CopyOnWriteArrayList<>();

    /** Sorted, so that a test has the same number in every run. */
    static Stream<Method> events() {
        return Arrays.stream(TaskGroupObserver.class.getDeclaredMethods())
                .filter(event -> !event.isSynthetic())
                .sorted(Comparator.comparing(Method::getName));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventReachesEveryObserverInTheOrderTheyWereAdded(Method event) throws Exception {
        tell(new Observers(List.of(recording("first"), recording("second"))), event);
        assertThat(trail).containsExactly("first " + called(event), "second " + called(event));
    }

    @ParameterizedTest
    @MethodSource("events")
    void anObserverThatThrowsAtAnEventIsLeftOutAndTheOthersGoOn(Method event) throws Exception {
        Observers observers = new Observers(List.of(
                recording("first"), throwing("broken", new IllegalStateException("no disk")), recording("last")));
        try (Logged logged = new Logged()) {
            tell(observers, event);
            tell(observers, event);
            assertThat(trail)
                    .containsExactly(
                            "first " + called(event),
                            "broken " + called(event),
                            "last " + called(event),
                            "first " + called(event),
                            "last " + called(event));
            assertThat(logged.records()).hasSize(1);
        }
    }

    @Test
    void theLogSaysWhichObserverThrewWhat() {
        IllegalStateException noDisk = new IllegalStateException("no disk");
        try (Logged logged = new Logged()) {
            new Observers(List.of(throwing("metrics", noDisk))).groupOpened(null);
            assertThat(logged.records()).singleElement().satisfies(entry -> {
                assertThat(entry.getLevel()).isEqualTo(Level.WARNING);
                assertThat(entry.getMessage()).contains("metrics");
                assertThat(entry.getThrown()).isSameAs(noDisk);
            });
        }
    }

    @Test
    void anErrorOfAnObserverIsNoBetterThanAnException() {
        try (Logged logged = new Logged()) {
            Observers observers =
                    new Observers(List.of(throwing("broken", new NoClassDefFoundError()), recording("last")));
            observers.groupOpened(null);
            observers.taskForked(null);
            assertThat(trail)
                    .containsExactly("broken groupOpened[null]", "last groupOpened[null]", "last taskForked[null]");
            assertThat(logged.records()).hasSize(1);
        }
    }

    @Test
    void anObserverWithoutMethodsOfItsOwnIsToldInVain() {
        new Observers(List.of(new TaskGroupObserver() {})).groupOpened(null);
    }

    @Test
    void eventsOfTasksAreNeededByThoseThatOverrideThem() {
        assertThat(needs(new TaskGroupObserver() {
                    @Override
                    public void groupOpened(TaskGroup group) {}

                    @Override
                    public void taskFailed(Task<?> task, Throwable exception) {}

                    @Override
                    public void taskStopped(Task<?> task, CancelReason reason, Duration sinceRequest) {}
                }))
                .isEmpty();
        assertThat(needs(new TaskGroupObserver() {
                    @Override
                    public void taskForked(Task<?> task) {}
                }))
                .containsExactly("forks");
        assertThat(needs(new TaskGroupObserver() {
                    @Override
                    public void taskStarted(Task<?> task, Duration waited) {}
                }))
                .containsExactly("starts", "times");
        assertThat(needs(new TaskGroupObserver() {
                    @Override
                    public void taskEnded(Task<?> task, Duration ran) {}
                }))
                .containsExactly("times", "ends");
    }

    /** A mock, for instance, or a decorator. */
    @Test
    void eventsOfTasksAreNeededByAProxy() {
        assertThat(needs(recording("proxy"))).containsExactly("forks", "starts", "times", "ends");
    }

    private interface Starts extends TaskGroupObserver {
        @Override
        default void taskStarted(Task<?> task, Duration waited) {}
    }

    @Test
    void anEventMayBeOverriddenFurtherUp() {
        assertThat(needs(new Starts() {})).containsExactly("starts", "times");
        assertThat(needs(new Starts() {}, new TaskGroupObserver() {})).containsExactly("starts", "times");
    }

    private static List<String> needs(TaskGroupObserver... observers) {
        Observers all = new Observers(List.of(observers));
        List<String> needs = new ArrayList<>();
        if (all.needForks()) {
            needs.add("forks");
        }
        if (all.needStarts()) {
            needs.add("starts");
        }
        if (all.needTimes()) {
            needs.add("times");
        }
        if (all.needEnds()) {
            needs.add("ends");
        }
        return needs;
    }

    @Test
    void oneThatThrowsOnManyThreadsAtOnceIsLoggedOnce() throws Exception {
        int threads = 4;
        CyclicBarrier inside = new CyclicBarrier(threads);
        Observers observers = new Observers(List.of(new TaskGroupObserver() {
            @Override
            public void taskForked(Task<?> task) {
                try {
                    inside.await();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                throw new IllegalStateException("no disk");
            }
        }));
        try (Logged logged = new Logged();
                Together together = new Together()) {
            together.each(threads, me -> {
                observers.taskForked(null);
                return me;
            });
            assertThat(logged.records()).hasSize(1);
        }
    }

    @Test
    void thereAreNoneOrSome() {
        assertThat(new Observers(List.of()).isEmpty()).isTrue();
        assertThat(new Observers(List.of(new TaskGroupObserver() {})).isEmpty()).isFalse();
    }

    @Test
    void thoseThatAreAddedLaterAreNotTold() {
        List<TaskGroupObserver> given = new ArrayList<>();
        Observers observers = new Observers(given);
        given.add(recording("late"));
        observers.groupOpened(null);
        assertThat(observers.isEmpty()).isTrue();
        assertThat(trail).isEmpty();
    }

    // ---- fixture

    /** Calls the method of {@link Observers} that is called like the event. */
    private static void tell(Observers observers, Method event) throws Exception {
        Method told = Observers.class.getDeclaredMethod(event.getName(), event.getParameterTypes());
        told.invoke(observers, arguments(event));
    }

    private static Object[] arguments(Method event) {
        return Arrays.stream(event.getParameterTypes()).map(ARGUMENTS::get).toArray();
    }

    private static String called(Method event) {
        return event.getName() + Arrays.toString(arguments(event));
    }

    private TaskGroupObserver recording(String name) {
        return observer(name, null);
    }

    private TaskGroupObserver throwing(String name, Throwable thrown) {
        return observer(name, Objects.requireNonNull(thrown));
    }

    private TaskGroupObserver observer(String name, Throwable thrown) {
        Class<?>[] types = {TaskGroupObserver.class};
        return (TaskGroupObserver) Proxy.newProxyInstance(
                ObserversTest.class.getClassLoader(), types, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return ofObject(name, proxy, method, arguments);
                    }
                    trail.add(name + " " + method.getName() + Arrays.toString(arguments));
                    if (thrown != null) {
                        throw thrown;
                    }
                    return null;
                });
    }

    private static Object ofObject(String name, Object proxy, Method method, Object[] arguments)
            throws IllegalAccessException, InvocationTargetException {
        return switch (method.getName()) {
            case "toString" -> name;
            case "equals" -> proxy == arguments[0];
            default -> System.identityHashCode(proxy);
        };
    }
}
