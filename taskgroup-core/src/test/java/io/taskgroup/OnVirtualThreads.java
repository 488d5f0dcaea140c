package io.taskgroup;

/** A virtual thread a task; JDK 21 and later. */
abstract class OnVirtualThreads extends ThreadKind {
    @Override
    public TaskGroupFactory.Builder builder() {
        return TaskGroupFactory.builder().virtualThreads();
    }

    @Override
    int tasksAtOnce() {
        return Integer.MAX_VALUE;
    }
}
