package io.taskgroup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes pictures of live groups, from any thread, without stopping anyone. */
final class Snapshots {
    private Snapshots() {}

    static GroupSnapshot of(OwnedGroup group) {
        Optional<CancelReason> reason = group.cancelReason();
        List<ForkedTask<?>> live = group.live();
        long now = System.nanoTime(); // one look at the clock: no task seems older than its group
        return new GroupSnapshot(
                group.id(),
                group.name(),
                reason.isPresent(),
                reason,
                group.clock().age(now),
                group.remaining(),
                group.counts(),
                live.stream()
                        .map(task -> of(task, now))
                        .filter(task -> !task.state().isTerminal()) // it has ended since it was listed
                        .toList());
    }

    private static TaskSnapshot of(ForkedTask<?> task, long now) {
        Thread thread = task.thread();
        List<String> stack = thread == null ? List.of() : stack(thread);
        TaskState state = task.state();
        boolean isThere = state == TaskState.RUNNING && task.thread() == thread; // else the stack is of other code
        return new TaskSnapshot(
                task.id(),
                task.name(),
                state,
                task.isCancelRequested(),
                task.age(now),
                Optional.ofNullable(isThere ? thread : null).map(ThreadName::of),
                isThere ? stack : List.of(),
                groupsInside(task));
    }

    private static List<String> stack(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .map(StackTraceElement::toString)
                .toList();
    }

    /** The groups on the task's thread, up to the next task: that one shows the others. */
    private static List<GroupSnapshot> groupsInside(ForkedTask<?> task) {
        List<GroupSnapshot> groups = new ArrayList<>();
        for (@Nullable CancelScope scope = task.above(); scope instanceof BodyScope; scope = scope.above()) {
            groups.add(of(scope.ownedGroup()));
        }
        return groups;
    }
}
