package io.taskgroup;

class ContractOnDirectExecutorTest extends TaskGroupContract {
    @Override
    public TaskGroupFactory.Builder builder() {
        return TaskGroupFactory.builder().executor(Runnable::run);
    }

    @Override
    int tasksAtOnce() {
        return 0;
    }
}
