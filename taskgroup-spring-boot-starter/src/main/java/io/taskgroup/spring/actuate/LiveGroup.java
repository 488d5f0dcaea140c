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
     * @param groupsNotShown how many open groups inside the task are not shown, for JSON does not go so deep; null if all are
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
            List<LiveGroup> groups,
            @Nullable Integer groupsNotShown) {
        private static LiveTask of(TaskSnapshot task, View view) {
            boolean isTooDeep = view.levels() == 0 && !task.groups().isEmpty();
            return new LiveTask(
                    task.id(),
                    task.name(),
                    task.state().name(),
                    task.cancelRequested(),
                    view.reasons()
                            .ofTask(task.id())
                            .map(reason -> Reason.of(reason, view.disclosure()))
                            .orElse(null),
                    task.age().toString(),
                    task.thread().orElse(null),
                    view.withStacks() ? task.stack() : null,
                    isTooDeep
                            ? List.of()
                            : task.groups().stream()
                                    .map(group -> LiveGroup.of(group, view.inside()))
                                    .toList(),
                    isTooDeep ? task.groups().size() : null);
        }
    }

    /**
     * How groups are shown.
     *
     * @param reasons why tasks were asked to stop
     * @param disclosure whether messages are shown
     * @param withStacks whether stacks are
     * @param levels how many levels of groups inside the group are shown
     */
    record View(StopReasons reasons, Disclosure disclosure, boolean withStacks, int levels) {
        /** A level takes four of JSON's, of which Jackson writes 500, or 1000 before its third generation. */
        private static final int LEVELS = 100;

        View(StopReasons reasons, Disclosure disclosure, boolean withStacks) {
            this(reasons, disclosure, withStacks, LEVELS);
        }

        private View inside() {
            return new View(reasons, disclosure, withStacks, levels - 1);
        }
    }

    static LiveGroup of(GroupSnapshot group, View view) {
        return new LiveGroup(
                group.id(),
                group.name(),
                group.age().toString(),
                group.remaining().map(Duration::toString).orElse(null),
                group.cancelReason()
                        .map(reason -> Reason.of(reason, view.disclosure()))
                        .orElse(null),
                group.counts(),
                group.tasks().stream().map(task -> LiveTask.of(task, view)).toList());
    }
}
