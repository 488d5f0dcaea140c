package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@Timeout(60)
class FactoryBuilderTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TaskGroupFactory.Builder builder = TaskGroupFactory.builder();
    private final List<TaskGroupFactory> built = new ArrayList<>();

    @AfterEach
    void close() {
        built.forEach(TaskGroupFactory::close);
    }

    @Test
    void everySettingReturnsTheBuilder() {
        assertThat(builder.executor(Runnable::run)).isSameAs(builder);
        assertThat(builder.threadFactory(Thread::new)).isSameAs(builder);
        assertThat(builder.platformThreads()).isSameAs(builder);
        assertThat(builder.reuseThreads()).isSameAs(builder);
        assertThat(builder.threadNamePrefix("order-")).isSameAs(builder);
        assertThat(builder.defaults(TaskGroupOptions.named("any"))).isSameAs(builder);
        assertThat(builder.options(options -> options)).isSameAs(builder);
        assertThat(builder.contextCarrier(new CountingCarrier())).isSameAs(builder);
        assertThat(builder.observer(new TaskGroupObserver() {})).isSameAs(builder);
    }

    @Test
    void whatIsWrongIsRefusedWithTheArgumentsName() {
        assertThatNullPointerException()
                .isThrownBy(() -> builder.executor(null))
                .withMessageContaining("executor");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.threadFactory(null))
                .withMessageContaining("factory");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.threadNamePrefix(null))
                .withMessageContaining("prefix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.threadNamePrefix(" "))
                .withMessageContaining("prefix");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.defaults(null))
                .withMessageContaining("options");
        assertThatNullPointerException().isThrownBy(() -> builder.options(null)).withMessageContaining("perGroup");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.contextCarrier(null))
                .withMessageContaining("carrier");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.observer(null))
                .withMessageContaining("observer");
    }

    @Nested
    class TheThreads {
        @Test
        void areTheExecutorsForEveryTask() throws InterruptedException {
            AtomicInteger executed = new AtomicInteger();
            Executor counting = task -> {
                executed.incrementAndGet();
                task.run();
            };
            assertThat(threadOfATask(build(builder.executor(counting)))).isSameAs(Thread.currentThread());
            assertThat(executed).hasValue(1);
        }

        @Test
        void areTheThreadFactorys() throws InterruptedException {
            AtomicReference<Thread> made = new AtomicReference<>();
            TaskGroupFactory groups = build(builder.threadFactory(task -> {
                made.set(new Thread(task));
                return made.get();
            }));
            assertThat(threadOfATask(groups)).isSameAs(made.get());
        }

        @Test
        void arePlatformThreadsWithThePrefixHoweverLateItIsSet() throws InterruptedException {
            Thread thread = threadOfATask(build(builder.platformThreads().threadNamePrefix("order-")));
            assertThat(thread.getName()).isEqualTo("order-1");
            assertThat(thread.isDaemon()).isTrue();
        }

        @Test
        void areThoseChosenLast() throws InterruptedException {
            TaskGroupFactory groups = build(
                    builder.executor(Runnable::run).threadFactory(Thread::new).platformThreads());
            assertThat(threadOfATask(groups).getName()).isEqualTo("taskgroup-1");
            assertThat(threadOfATask(build(builder.executor(Runnable::run)))).isSameAs(Thread.currentThread());
        }

        @Test
        @EnabledForJreRange(max = JRE.JAVA_20)
        void cannotBeVirtualBefore21() {
            assertThatThrownBy(builder::virtualThreads)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("JDK 21");
        }

        @Test
        @EnabledForJreRange(max = JRE.JAVA_20)
        void arePlatformThreadsBefore21IfNothingIsSet() throws InterruptedException {
            assertThat(threadOfATask(build(builder)).getName()).isEqualTo("taskgroup-1");
        }

        @Test
        @EnabledForJreRange(min = JRE.JAVA_21)
        void areVirtualFrom21OnIfNothingIsSet() throws Exception {
            assertThat(VirtualThreadsTest.isVirtual(threadOfATask(build(builder))))
                    .isTrue();
        }

        @Test
        @EnabledForJreRange(min = JRE.JAVA_21)
        void areVirtualWithThePrefix() throws Exception {
            Thread thread = threadOfATask(
                    build(builder.platformThreads().threadNamePrefix("order-").virtualThreads()));
            assertThat(thread.getName()).isEqualTo("order-1");
            assertThat(VirtualThreadsTest.isVirtual(thread)).isTrue();
        }

        private static Thread threadOfATask(TaskGroupFactory groups) throws InterruptedException {
            return groups.call(
                    "group", group -> group.fork(Thread::currentThread).await());
        }
    }

    @Nested
    class TheOptions {
        @Test
        void areTheLibrarysDefaultsUnderTheGroupsNameIfNothingIsSet() {
            TaskGroupOptions options = build(builder).options("order");
            assertThat(options.name()).isEqualTo("order");
            assertThat(options.timeout()).isEmpty();
            assertThat(options.policy()).isSameAs(JoinPolicy.allSuccessful());
        }

        @Test
        void areTheFactorysDefaultsWhoseNameIsIgnored() {
            TaskGroupOptions defaults = TaskGroupOptions.named("ignored").withTimeout(SECOND);
            TaskGroupOptions options = build(builder.defaults(defaults)).options("order");
            assertThat(options.name()).isEqualTo("order");
            assertThat(options.timeout()).contains(SECOND);
        }

        @Test
        void areConfiguredForEachGroupFromTheDefaultsUnderItsName() {
            List<TaskGroupOptions> seen = new ArrayList<>();
            TaskGroupFactory groups =
                    build(builder.defaults(TaskGroupOptions.named("ignored").withTimeout(SECOND))
                            .options(given -> {
                                seen.add(given);
                                return given.name().equals("slow") ? given.withTimeout(MINUTE) : given;
                            }));
            assertThat(groups.options("slow").timeout()).contains(MINUTE);
            assertThat(groups.options("order").timeout()).contains(SECOND);
            assertThat(seen).extracting(TaskGroupOptions::name).containsExactly("slow", "order");
            assertThat(seen).allSatisfy(given -> assertThat(given.timeout()).contains(SECOND));
        }

        @Test
        void thatTheConfigurationDoesNotTakeFromTheDefaultsAreTheDefaultsAllTheSame() {
            TaskGroupFactory groups =
                    build(builder.defaults(TaskGroupOptions.named("ignored").withTimeout(SECOND))
                            .options(given -> TaskGroupOptions.named("other").withMaxConcurrency(2)));
            assertThat(groups.options("order"))
                    .isEqualTo(
                            TaskGroupOptions.named("order").withTimeout(SECOND).withMaxConcurrency(2));
            TaskGroupFactory without = build(builder.options(given -> given.withoutTimeout()));
            assertThat(without.options("order").timeout()).isEmpty();
        }

        @Test
        void keepTheGroupsNameWhateverTheConfigurationCallsThem() {
            TaskGroupFactory groups = build(
                    builder.options(given -> TaskGroupOptions.named("other").withTimeout(SECOND)));
            assertThat(groups.options("order").name()).isEqualTo("order");
            assertThat(groups.options("order").timeout()).contains(SECOND);
        }

        @Test
        void ofACallWinOverTheConfigurationValueByValue() throws InterruptedException {
            TaskGroupFactory groups = build(builder.executor(Runnable::run)
                    .options(given -> given.withTimeout(SECOND).withPolicy(JoinPolicy.noFailures())));
            groups.run(TaskGroupOptions.named("order").withTimeout(MINUTE), group -> {
                assertThat(group.remaining())
                        .hasValueSatisfying(left -> assertThat(left).isGreaterThan(SECOND));
                group.fork(() -> {
                    throw new CancellationException("let go by the configured policy");
                });
            });
        }

        @Test
        void thatTheConfigurationForgetsAreRefusedWithTheGroupsName() {
            TaskGroupFactory groups = build(builder.options(given -> null));
            assertThatNullPointerException()
                    .isThrownBy(() -> groups.options("order"))
                    .withMessageContaining("'order'");
        }

        @Test
        void needAName() {
            TaskGroupFactory groups = build(builder);
            assertThatNullPointerException()
                    .isThrownBy(() -> groups.options(null))
                    .withMessageContaining("groupName");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> groups.options(" "))
                    .withMessageContaining("groupName");
        }
    }

    @Nested
    class AFactoryThatIsBuilt {
        private final List<String> trail = new ArrayList<>();

        @Test
        void hasEveryObserverAndEveryCarrierInTheOrderAdded() throws InterruptedException {
            run(build(builder.executor(Runnable::run)
                    .observer(observer("first"))
                    .contextCarrier(carrier("mdc"))
                    .observer(observer("second"))
                    .contextCarrier(carrier("trace"))));
            assertThat(trail).containsExactly("opened first", "opened second", "capture mdc", "capture trace");
        }

        @Test
        void isNotChangedByWhatTheBuilderIsToldLater() throws InterruptedException {
            TaskGroupFactory groups = build(builder.executor(Runnable::run)
                    .observer(observer("early"))
                    .contextCarrier(carrier("early"))
                    .defaults(TaskGroupOptions.named("any").withTimeout(MINUTE)));
            TaskGroupFactory later = build(builder.observer(observer("late"))
                    .contextCarrier(carrier("late"))
                    .defaults(TaskGroupOptions.named("any").withTimeout(SECOND)));
            run(groups);
            assertThat(trail).containsExactly("opened early", "capture early");
            assertThat(groups.options("order").timeout()).contains(MINUTE);
            assertThat(later.options("order").timeout()).contains(SECOND);
        }

        private void run(TaskGroupFactory groups) throws InterruptedException {
            groups.run("order", group -> group.fork(() -> 1));
        }

        private TaskGroupObserver observer(String name) {
            return new TaskGroupObserver() {
                @Override
                public void groupOpened(TaskGroup group) {
                    trail.add("opened " + name);
                }
            };
        }

        private ContextCarrier carrier(String name) {
            return () -> {
                trail.add("capture " + name);
                return new CountingCarrier().capture();
            };
        }
    }

    // ---- fixture

    private TaskGroupFactory build(TaskGroupFactory.Builder from) {
        TaskGroupFactory factory = from.build();
        built.add(factory);
        return factory;
    }
}
