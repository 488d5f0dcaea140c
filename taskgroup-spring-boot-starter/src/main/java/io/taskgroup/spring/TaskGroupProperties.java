package io.taskgroup.spring;

import io.taskgroup.CancelMode;
import io.taskgroup.JoinPolicy;
import io.taskgroup.OnTimeout;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an application's configuration says about task groups.
 *
 * @param executor the threads that run tasks
 * @param defaults options of every group
 * @param shutdown how task groups end with the application
 * @param groups Options by group name. A value set here wins over the same value in 'taskgroup.defaults'.
 */
@ConfigurationProperties("taskgroup")
record TaskGroupProperties(
        @DefaultValue ExecutorSettings executor,
        @DefaultValue GroupSettings defaults,
        @DefaultValue ShutdownSettings shutdown,
        @DefaultValue Map<String, GroupSettings> groups) {

    /**
     * The threads that run tasks.
     *
     * @param type Which threads run tasks. With 'auto' they are virtual on JDK 21 and later, unless
     *     'spring.threads.virtual.enabled' is set to false; otherwise they are platform threads of a pool.
     * @param beanName Name of the Executor bean that runs tasks. Used with type 'bean' only.
     * @param threadNamePrefix Prefix of the names of the threads that the factory makes itself.
     */
    record ExecutorSettings(
            @DefaultValue("auto") Type type,
            @Nullable String beanName,
            @DefaultValue("taskgroup-") String threadNamePrefix) {

        /** Which threads run tasks. */
        enum Type {
            /** Virtual threads on JDK 21 and later unless Spring Boot is told to use none, pooled platform threads before. */
            AUTO,
            /** A new virtual thread for each task. Needs JDK 21. */
            VIRTUAL,
            /** Platform threads of a pool that all groups share. */
            PLATFORM,
            /** Spring Boot's 'applicationTaskExecutor'. */
            APPLICATION,
            /** The Executor bean named by 'taskgroup.executor.bean-name'. */
            BEAN
        }
    }

    /**
     * How task groups end with the application.
     *
     * @param gracePeriod Time that open groups get to end by themselves when the application is closed, after which they
     *     are cancelled. By default 'spring.lifecycle.timeout-per-shutdown-phase'.
     */
    record ShutdownSettings(@Nullable Duration gracePeriod) {}

    /**
     * Options of a group. What is null is not set here.
     *
     * @param timeout Time from opening the group until it is cancelled. None by default.
     * @param onTimeout What the caller gets when the timeout passes: an exception ('fail') or what is there ('move-on').
     * @param maxConcurrency How many tasks of the group may run at once. The rest wait. No limit by default.
     * @param policy When a group has seen enough of its tasks, and when it has failed.
     * @param cancelMode How tasks are asked to stop: by interrupting their threads, or by a flag that they look at.
     * @param stragglerWarning Time after which a task that was asked to stop and still runs is reported. Reported again
     *     after twice as long, four times as long, and so on.
     */
    record GroupSettings(
            @Nullable Duration timeout,
            @Nullable OnTimeout onTimeout,
            @Nullable Integer maxConcurrency,
            @Nullable Policy policy,
            @Nullable CancelMode cancelMode,
            @Nullable Duration stragglerWarning) {

        /** The join policies that need no code. */
        enum Policy {
            /** Every task must succeed. One that fails or is cancelled cancels the rest. */
            ALL_SUCCESSFUL,
            /** No task may fail. One that is cancelled on its own is let go. */
            NO_FAILURES,
            /** The first task that succeeds cancels the rest. The group fails if none succeeds. */
            ANY_SUCCESSFUL,
            /** Nothing is cancelled and nothing fails: the caller looks at the tasks. */
            AWAIT_ALL;

            JoinPolicy joinPolicy() {
                return switch (this) {
                    case ALL_SUCCESSFUL -> JoinPolicy.allSuccessful();
                    case NO_FAILURES -> JoinPolicy.noFailures();
                    case ANY_SUCCESSFUL -> JoinPolicy.anySuccessful();
                    case AWAIT_ALL -> JoinPolicy.awaitAll();
                };
            }
        }
    }
}
