package io.taskgroup;

/** On virtual threads from JDK 21 on, on pooled platform threads before. */
class ContractOnReusedThreadsTest extends TaskGroupContract {
    @Override
    public TaskGroupFactory.Builder builder() {
        return TaskGroupFactory.builder().reuseThreads();
    }

    @Override
    int tasksAtOnce() {
        return Integer.MAX_VALUE;
    }
}
