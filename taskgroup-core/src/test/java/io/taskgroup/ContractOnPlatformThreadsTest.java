package io.taskgroup;

class ContractOnPlatformThreadsTest extends TaskGroupContract {
    @Override
    public TaskGroupFactory.Builder builder() {
        return TaskGroupFactory.builder().platformThreads();
    }

    @Override
    int tasksAtOnce() {
        return Integer.MAX_VALUE;
    }
}
