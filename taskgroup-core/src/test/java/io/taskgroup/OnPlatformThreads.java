package io.taskgroup;

/** As many pooled platform threads as a test needs. */
abstract class OnPlatformThreads extends ThreadKind {
    @Override
    public TaskGroupFactory.Builder builder() {
        return TaskGroupFactory.builder().platformThreads();
    }

    @Override
    int tasksAtOnce() {
        return Integer.MAX_VALUE;
    }
}
