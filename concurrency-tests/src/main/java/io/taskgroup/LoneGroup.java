package io.taskgroup;

/** A group with a limit that nobody owns: it gives tasks to the races of what needs tasks, and runs none. */
final class LoneGroup {
    private static final OwnedGroup GROUP = open();

    private LoneGroup() {}

    private static OwnedGroup open() {
        TaskGroupFactory groups =
                TaskGroupFactory.builder().executor(task -> {}).build();
        OpenTaskGroup group = groups.open(TaskGroupOptions.named("race").withMaxConcurrency(1));
        CurrentScope.set(null); // the thread goes on as if it had opened none
        return (OwnedGroup) group;
    }

    static ForkedTask<?> task() {
        return new ForkedTask<>(GROUP, null, () -> "done");
    }
}
