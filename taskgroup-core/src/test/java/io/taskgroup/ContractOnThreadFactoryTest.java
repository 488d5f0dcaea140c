package io.taskgroup;

class ContractOnThreadFactoryTest extends TaskGroupContract {
    @Override
    public TaskGroupFactory.Builder builder() {
        return TaskGroupFactory.builder().threadFactory(Thread::new);
    }

    @Override
    int tasksAtOnce() {
        return Integer.MAX_VALUE;
    }
}
