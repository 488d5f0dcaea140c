package io.taskgroup;

import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need JDK 21")
class ContractOnVirtualThreadsTest extends TaskGroupContract {
    @Override
    public TaskGroupFactory.Builder builder() {
        return TaskGroupFactory.builder().virtualThreads();
    }

    @Override
    int tasksAtOnce() {
        return Integer.MAX_VALUE;
    }
}
