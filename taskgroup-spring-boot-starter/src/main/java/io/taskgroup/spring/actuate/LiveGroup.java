package io.taskgroup.spring.actuate;

import io.taskgroup.GroupSnapshot;
import io.taskgroup.TaskCounts;
import io.taskgroup.TaskSnapshot;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * An open group as the endpoint shows it. Durations are text ({@code PT1.5S}), so that every generation of Jackson writes
 * them alike.
 *
 * @param id the group's number
 * @param name the group's name
 * @param age the time since it was opened
 * @param remaining the time to the nearest deadline; null if there is none
 * @param cancelReason why it was cancelled; null if it was not
 * @param counts how many tasks were forked, and how those ended that have
 * @param tasks the live tasks
 */
record LiveGroup(
        long id,
        String name,
        String age,
        @Nullable String remaining,
        @Nullable Reason cancelReason,
        TaskCounts counts,
        List<LiveTask> tasks)
        implements OperationResponseBody {

    /**
     * A live task as the endpoint shows it.
     *
     * @param id the task's number
     * @param name the task's name
     * @param state its state
     * @param cancelRequested whether it was asked to stop
     * @param cancelReason why it was asked; null if it was not, or if its factory is not the configured one
     * @param age the time since it was forked
     * @param thread the name of the thread that runs it; null if none does
     * @param stack what that thread is doing; null where stacks are not asked for
     * @param groups the open groups inside the task
     */
    record LiveTask(
            long id,
            String name,
            String state,
            boolean cancelRequested,
            @Nullable Reason cancelReason,
            String age,
            @Nullable String thread,
            @Nullable List<String> stack,
            List<LiveGroup> groups) {
        private static LiveTask of(TaskSnapshot task, StopReasons reasons, Disclosure disclosure, boolean withStack) {
            return new LiveTask(
                    task.id(),
                    task.name(),
                    task.state().name(),
                    task.cancelRequested(),
                    reasons.ofTask(task.id())
                            .map(reason -> Reason.of(reason, disclosure))
                            .orElse(null),
                    task.age().toString(),
                    task.thread().orElse(null),
                    withStack ? task.stack() : null,
                    task.groups().stream()
                            .map(group -> LiveGroup.of(group, reasons, disclosure, withStack))
                            .toList());
        }
    }

    static LiveGroup of(GroupSnapshot group, StopReasons reasons, Disclosure disclosure, boolean withStacks) {
        return new LiveGroup(
                group.id(),
                group.name(),
                group.age().toString(),
                group.remaining().map(Duration::toString).orElse(null),
                group.cancelReason()
                        .map(reason -> Reason.of(reason, disclosure))
                        .orElse(null),
                group.counts(),
                group.tasks().stream()
                        .map(task -> LiveTask.of(task, reasons, disclosure, withStacks))
                        .toList());
    }
}
