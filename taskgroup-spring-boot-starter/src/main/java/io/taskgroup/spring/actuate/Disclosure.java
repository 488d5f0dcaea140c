package io.taskgroup.spring.actuate;

import io.taskgroup.CancelReason;
import io.taskgroup.GroupSnapshot;
import io.taskgroup.TaskSnapshot;

/** Whether a caller is shown messages, which may hold data of users. */
enum Disclosure {
    MESSAGES,
    NO_MESSAGES;

    /** What Spring Boot shows in place of a value that is not shown. */
    private static final String NOT_SHOWN = "******";

    String of(String message) {
        return this == MESSAGES ? message : NOT_SHOWN;
    }

    private CancelReason of(CancelReason reason) {
        return new CancelReason(reason.kind(), of(reason.message()), reason.taskName());
    }

    GroupSnapshot of(GroupSnapshot group) {
        return new GroupSnapshot(
                group.id(),
                group.name(),
                group.cancelled(),
                group.cancelReason().map(this::of),
                group.age(),
                group.remaining(),
                group.counts(),
                group.tasks().stream().map(this::of).toList());
    }

    private TaskSnapshot of(TaskSnapshot task) {
        return new TaskSnapshot(
                task.id(),
                task.name(),
                task.state(),
                task.cancelRequested(),
                task.age(),
                task.thread(),
                task.stack(),
                task.groups().stream().map(this::of).toList());
    }
}
