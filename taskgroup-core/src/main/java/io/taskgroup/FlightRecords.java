package io.taskgroup;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * Events for the JDK's Flight Recorder: {@code io.taskgroup.Group} from opening to end, {@code io.taskgroup.Task} from
 * start to end, each on the thread that ran it. Nothing is made while no recording asks for them, or where the module
 * {@code jdk.jfr} is missing.
 */
final class FlightRecords {
    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private FlightRecords() {}

    /** Returns the event of a group that is opened now, or null. */
    static @Nullable Object groupOpened() {
        return AVAILABLE && GroupEvent.isWanted() ? GroupEvent.begun() : null;
    }

    static void groupClosed(@Nullable Object event, OwnedGroup group, GroupOutcome outcome) {
        if (event != null) {
            ((GroupEvent) event).commit(group, outcome);
        }
    }

    /** Returns whether a recording asks for the events of tasks. */
    static boolean areTasksRecorded() {
        return AVAILABLE && TaskEvent.isWanted();
    }

    /** Returns the event of a task that begins now, or null. */
    static @Nullable Object taskStarted(ForkedTask<?> task) {
        return areTasksRecorded() ? TaskEvent.begun(task) : null;
    }

    static void taskEnded(@Nullable Object event, ForkedTask<?> task, TaskState state) {
        if (event != null) {
            ((TaskEvent) event).commit(task, state);
        }
    }

    @Name("io.taskgroup.Group")
    @Label("Task Group")
    @Category("TaskGroup")
    @Description("A task group, from its opening to its end")
    @StackTrace(false)
    static final class GroupEvent extends Event {
        private static final GroupEvent ASKED =
                new GroupEvent(); // whether its kind is wanted, so that none is made to ask

        @Label("Id")
        long id;

        @Label("Name")
        @Nullable
        String name;

        @Label("Outcome")
        @Nullable
        String outcome;

        @Label("Cancel Reason")
        @Nullable
        String cancelReason;

        @Label("Forked Tasks")
        int forked;

        @Label("Failed Tasks")
        int failed;

        @Label("Cancelled Tasks")
        int cancelled;

        static boolean isWanted() {
            return ASKED.isEnabled();
        }

        static GroupEvent begun() {
            GroupEvent event = new GroupEvent();
            event.begin();
            return event;
        }

        void commit(OwnedGroup group, GroupOutcome ended) {
            TaskCounts counts = group.counts();
            id = group.id();
            name = group.name();
            outcome = ended.name();
            cancelReason = group.cancelReason().map(CancelReason::toString).orElse(null);
            forked = counts.forked();
            failed = counts.failed();
            cancelled = counts.cancelled();
            commit();
        }
    }

    @Name("io.taskgroup.Task")
    @Label("Task")
    @Category("TaskGroup")
    @Description("The run of a task of a task group; a task that never ran has none")
    @StackTrace(false)
    static final class TaskEvent extends Event {
        private static final TaskEvent ASKED = new TaskEvent();

        @Label("Id")
        long id;

        @Label("Name")
        @Nullable
        String name;

        @Label("Group")
        @Nullable
        String group;

        @Label("Group Id")
        long groupId;

        @Label("State")
        @Nullable
        String state;

        @Label("Cancel Reason")
        @Nullable
        String cancelReason;

        @Label("Waited")
        @Description("From fork to start")
        @Timespan
        long waited;

        static boolean isWanted() {
            return ASKED.isEnabled();
        }

        static TaskEvent begun(ForkedTask<?> task) {
            TaskEvent event = new TaskEvent();
            event.waited = task.age(System.nanoTime()).toNanos();
            event.begin();
            return event;
        }

        void commit(ForkedTask<?> task, TaskState ended) {
            StopRequest request = task.request();
            id = task.id();
            name = task.name();
            group = task.group().name();
            groupId = task.group().id();
            state = ended.name();
            cancelReason = request == null ? null : request.reason.toString();
            commit();
        }
    }
}
