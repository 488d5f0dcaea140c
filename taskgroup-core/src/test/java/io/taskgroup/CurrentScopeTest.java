package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@Timeout(60)
class CurrentScopeTest {
    private OpenTaskGroup group;
    private CancelScope scope;
    private CancelScope other;

    @BeforeEach
    void open() {
        group = TaskGroupFactory.create().open("group");
        scope = newScope();
        other = newScope();
    }

    private CancelScope newScope() {
        return new ForkedTask<>((OwnedGroup) group, null, () -> 1);
    }

    @AfterEach
    void closeAndLeave() {
        group.close();
        assertThat(CurrentScope.get()).isNull();
    }

    /** Runs on a thread that the application made. */
    private static void elsewhere(TaskAction code) throws Exception {
        onThreadWith(null, code);
    }

    /** Runs on a thread whose handler knows its scope, as the library's virtual threads do. */
    private static void onThreadWith(Thread.UncaughtExceptionHandler handler, TaskAction code) throws Exception {
        FutureTask<Void> task = new FutureTask<>(() -> {
            code.run();
            return null;
        });
        Thread thread = new Thread(task);
        thread.setUncaughtExceptionHandler(handler);
        thread.start();
        task.get();
    }

    // ---- a thread of the application

    @Test
    void aThreadThatNobodyLentIsInNoScope() throws Exception {
        elsewhere(() -> assertThat(CurrentScope.get()).isNull());
    }

    @Test
    void theScopeThatIsSetIsTheCurrentOneOfItsThreadOnly() throws Exception {
        elsewhere(() -> {
            CurrentScope.set(scope);
            assertThat(CurrentScope.get()).isSameAs(scope);
            elsewhere(() -> assertThat(CurrentScope.get()).isNull());
            CurrentScope.set(null);
            assertThat(CurrentScope.get()).isNull();
        });
    }

    @Test
    void theScopeThatWasReplacedIsReturned() throws Exception {
        elsewhere(() -> {
            assertThat(CurrentScope.replace(scope)).isNull();
            assertThat(CurrentScope.replace(other)).isSameAs(scope);
            assertThat(CurrentScope.get()).isSameAs(other);
            CurrentScope.set(scope);
            assertThat(CurrentScope.get()).isSameAs(scope);
        });
    }

    @Test
    void theHandlerOfAThreadOfTheApplicationIsLeftAlone() throws Exception {
        Thread.UncaughtExceptionHandler own = (thread, thrown) -> {};
        onThreadWith(own, () -> {
            CurrentScope.replace(scope);
            CurrentScope.set(other);
            CurrentScope.set(null);
            assertThat(Thread.currentThread().getUncaughtExceptionHandler()).isSameAs(own);
        });
    }

    // ---- a thread that the library started for tasks

    @Test
    void aThreadOfTheLibraryKnowsItsScopeByItsHandler() throws Exception {
        onThreadWith(scope, () -> assertThat(CurrentScope.get()).isSameAs(scope));
        onThreadWith(CurrentScope.NONE, () -> assertThat(CurrentScope.get()).isNull());
    }

    @Test
    void theHandlerOfAThreadOfTheLibraryIsReplacedAndComesBack() throws Exception {
        onThreadWith(scope, () -> {
            assertThat(CurrentScope.replace(other)).isSameAs(scope);
            assertThat(handler()).isSameAs(other);
            assertThat(CurrentScope.get()).isSameAs(other);
            CurrentScope.set(scope);
            assertThat(handler()).isSameAs(scope);
        });
    }

    @Test
    void aThreadOfTheLibraryThatHasLeftItsScopeIsStillOneOfTheLibrary() throws Exception {
        onThreadWith(scope, () -> {
            CurrentScope.set(null);
            assertThat(handler()).isSameAs(CurrentScope.NONE);
            assertThat(CurrentScope.get()).isNull();
            assertThat(CurrentScope.replace(other)).isNull();
            assertThat(handler()).isSameAs(other);
        });
    }

    private static Thread.UncaughtExceptionHandler handler() {
        return Thread.currentThread().getUncaughtExceptionHandler();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aVirtualThreadOfTheLibraryHasATaskOrNoneForItsHandler() throws Exception {
        List<Object> seen = new ArrayList<>();
        FutureTask<Object> code = new FutureTask<>(() -> seen.add(handler()));
        Threads.virtual(null).executor().execute(code);
        code.get();
        try (OpenTaskGroup opened =
                TaskGroupFactory.builder().virtualThreads().build().open("group")) {
            Task<Object> task = opened.fork(() -> seen.add(handler()));
            opened.join();
            assertThat(seen).isEqualTo(List.of(CurrentScope.NONE, task));
        }
    }

    @Test
    void whatAThreadOfTheLibraryThrowsOutsideOfTasksIsLogged() throws Exception {
        IllegalStateException thrown = new IllegalStateException("outside");
        try (Logged log = new Logged()) {
            Thread thread = new Thread(
                    () -> {
                        throw thrown;
                    },
                    "lent");
            thread.setUncaughtExceptionHandler(CurrentScope.NONE);
            thread.start();
            thread.join();
            assertThat(log.records()).singleElement().satisfies(logged -> {
                assertThat(logged.getThrown()).isSameAs(thrown);
                assertThat(logged.getMessage()).contains("lent").contains("that no task threw");
            });
        }
    }

    // ---- what is left on a pooled thread

    /** In a Java of its own, which lets us look at a thread's thread-locals. */
    @Test
    void aPooledThreadHasNoEntryOfOursAmongItsThreadLocalsWhateverItDid() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens",
                        "java.base/java.lang=ALL-UNNAMED",
                        "-cp",
                        String.join(System.getProperty("path.separator"), placeOf(Task.class), placeOf(Pooled.class)),
                        Pooled.class.getName())
                .redirectErrorStream(true)
                .start();
        assertThat(linesOf(child))
                .containsExactly(
                        "at first: no entry",
                        "after a look: no entry",
                        "in a scope: an entry",
                        "after the scope: no entry",
                        "after a scope in another: no entry",
                        "after tasks: no entry");
        assertThat(child.waitFor()).isZero();
    }

    private static String placeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private static List<String> linesOf(Process child) throws IOException {
        return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** Says after each step whether a pooled thread has an entry of the library's thread-local. */
    static final class Pooled {
        public static void main(String[] arguments) throws Exception {
            ExecutorService pool = Executors.newSingleThreadExecutor();
            Step look = after -> System.out.println(after + ": " + (hasEntry() ? "an entry" : "no entry"));
            TaskGroupFactory groups = TaskGroupFactory.builder().executor(pool).build();
            OwnedGroup group = (OwnedGroup) groups.open("group");
            CancelScope scope = new ForkedTask<>(group, null, () -> 1);
            pool.submit(() -> {
                        look.take("at first");
                        CurrentScope.get();
                        look.take("after a look");
                        CurrentScope.set(scope);
                        look.take("in a scope");
                        CurrentScope.set(null);
                        look.take("after the scope");
                        CurrentScope.replace(scope);
                        CurrentScope.replace(group.body());
                        CurrentScope.set(scope);
                        CurrentScope.set(null);
                        look.take("after a scope in another");
                        return null;
                    })
                    .get();
            group.fork(() -> groups.run(
                            "inside", inner -> inner.fork(() -> Task.current()).await()))
                    .await();
            pool.submit(() -> {
                        look.take("after tasks");
                        return null;
                    })
                    .get();
            group.join();
            group.close();
            pool.shutdown();
        }

        private static boolean hasEntry() throws ReflectiveOperationException {
            Object ours = accessible(CurrentScope.class.getDeclaredField("OF_OTHER_THREADS"))
                    .get(null);
            Object all =
                    accessible(Thread.class.getDeclaredField("threadLocals")).get(Thread.currentThread());
            return all != null
                    && accessible(all.getClass().getDeclaredMethod("getEntry", ThreadLocal.class))
                                    .invoke(all, ours)
                            != null;
        }

        private static <T extends AccessibleObject> T accessible(T member) {
            member.setAccessible(true);
            return member;
        }

        private interface Step {
            void take(String after) throws ReflectiveOperationException;
        }
    }
}
