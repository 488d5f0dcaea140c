package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@Timeout(60)
class ThreadsTest {
    @Nested
    class Borrowed {
        @Test
        void areTheApplicationsAndMayBeTooFew() {
            List<Runnable> given = new ArrayList<>();
            Threads threads = Threads.borrowed(given::add);
            Runnable task = () -> {};
            threads.executor().execute(task);
            assertThat(given).containsExactly(task);
            assertThat(threads.areScarce()).isTrue();
        }

        @Test
        void areNotShutDown() {
            ExecutorService ofApplication = Executors.newSingleThreadExecutor();
            try {
                Threads.borrowed(ofApplication).shutdown();
                assertThat(ofApplication.isShutdown()).isFalse();
            } finally {
                ofApplication.shutdownNow();
            }
        }
    }

    @Nested
    class OnePerTask {
        @Test
        void areMadeByTheFactoryForEachTaskAndNeverTooFew() {
            List<Thread> made = new ArrayList<>();
            Threads threads = Threads.onePerTask(task -> {
                made.add(new Thread(task));
                return made.get(made.size() - 1);
            });
            assertThat(threads.areScarce()).isFalse();
            Thread first = threadOf(threads);
            Thread second = threadOf(threads);
            assertThat(made).containsExactly(first, second);
        }

        @Test
        void thatTheFactoryRefusesAreARejection() {
            ThreadFactory refusing = new ThreadFactory() {
                @Override
                public Thread newThread(Runnable task) {
                    return null;
                }

                @Override
                public String toString() {
                    return "the refusing factory";
                }
            };
            assertThatThrownBy(() -> Threads.onePerTask(refusing).executor().execute(() -> {}))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("the refusing factory");
        }

        @Test
        void areNotTheFactorysToEnd() {
            Threads threads = Threads.onePerTask(Thread::new);
            threads.shutdown();
            assertThat(threadOf(threads)).isNotNull();
        }
    }

    @Nested
    class Pooled {
        private final Threads threads = Threads.pooled("order-");

        @AfterEach
        void shutdown() {
            threads.shutdown();
        }

        @Test
        void areNeverTooFew() throws Exception {
            assertThat(threads.areScarce()).isFalse();
            CyclicBarrier allAtOnce = new CyclicBarrier(5);
            for (int i = 0; i < 4; i++) {
                threads.executor().execute(() -> awaitAll(allAtOnce));
            }
            allAtOnce.await();
        }

        @Test
        void areDaemonsWithTheNameAndANumber() {
            Thread thread = threadOf(threads);
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).isEqualTo("order-1");
        }

        @Test
        void haveTheLibrarysNameIfTheyAreGivenNone() {
            Threads unnamed = Threads.pooled(null);
            assertThat(threadOf(unnamed).getName()).isEqualTo("taskgroup-1");
            unnamed.shutdown();
        }

        @Test
        void inheritNothingOfTheThreadThatHappensToForkFirst() {
            InheritableThreadLocal<String> tenant = new InheritableThreadLocal<>();
            tenant.set("a");
            try {
                assertThat(onThreadOf(threads, tenant::get)).isNull();
            } finally {
                tenant.remove();
            }
        }

        /** Else the pool keeps the class loader of whichever request came first, or has none that sees the application. */
        @Test
        void haveTheClassLoaderOfWhoeverBuiltTheFactory() throws Exception {
            Thread builder = Thread.currentThread();
            ClassLoader before = builder.getContextClassLoader();
            try (URLClassLoader ofRequest = new URLClassLoader(new URL[0], before)) {
                builder.setContextClassLoader(ofRequest);
                assertThat(threadOf(threads).getContextClassLoader()).isSameAs(before);
            } finally {
                builder.setContextClassLoader(before);
            }
        }

        @Test
        void endWithTheFactory() {
            threads.shutdown();
            assertThatThrownBy(() -> threads.executor().execute(() -> {}))
                    .isInstanceOf(RejectedExecutionException.class);
        }
    }

    @Nested
    class Reused {
        @Test
        void areTheSameThreadsAndAsScarce() {
            Threads borrowed = Threads.borrowed(Runnable::run);
            assertThat(borrowed.reused().executor()).isSameAs(borrowed.executor());
            assertThat(borrowed.reused().areScarce()).isTrue();
            assertThat(Threads.onePerTask(Thread::new).reused().areScarce()).isFalse();
        }

        @Test
        void stillEndWithTheFactory() {
            Threads pooled = Threads.pooled("order-").reused();
            pooled.shutdown();
            assertThatThrownBy(() -> pooled.executor().execute(() -> {}))
                    .isInstanceOf(RejectedExecutionException.class);
        }
    }

    @Nested
    class Preferred {
        @Test
        @EnabledForJreRange(max = JRE.JAVA_20)
        void arePooledBefore21() {
            Threads threads = Threads.preferred("order-");
            assertThat(threadOf(threads).getName()).isEqualTo("order-1");
            threads.shutdown();
            assertThatThrownBy(() -> threads.executor().execute(() -> {}))
                    .isInstanceOf(RejectedExecutionException.class);
        }

        @Test
        @EnabledForJreRange(min = JRE.JAVA_21)
        void areVirtualFrom21On() throws Exception {
            Thread thread = threadOf(Threads.preferred("order-"));
            assertThat(thread.getName()).isEqualTo("order-1");
            assertThat(VirtualThreadsTest.isVirtual(thread)).isTrue();
            assertThat(Threads.preferred(null).areScarce()).isFalse();
        }
    }

    // ---- fixture

    private static Thread threadOf(Threads threads) {
        return onThreadOf(threads, Thread::currentThread);
    }

    private static <T> T onThreadOf(Threads threads, Supplier<T> asked) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        threads.executor().execute(() -> answer.complete(asked.get()));
        return answer.join();
    }

    private static void awaitAll(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
