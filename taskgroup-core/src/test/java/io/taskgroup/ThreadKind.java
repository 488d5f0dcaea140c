package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** The threads that the contract is tested on, and what every test leaves behind: nothing. */
@Timeout(20)
abstract class ThreadKind implements OnThreads {
    private final List<TaskGroupFactory> factories = new ArrayList<>();

    /** Returns how many tasks can be inside their code while the body is inside its own; 0 if fork runs them. */
    abstract int tasksAtOnce();

    /** Called after each test: ends the threads that the kind made. */
    void shutdown() throws InterruptedException {}

    @Override
    public TaskGroupFactory groups(TaskGroupFactory.Builder builder) {
        TaskGroupFactory built = builder.build();
        factories.add(built);
        return built;
    }

    @Override
    public void needsTasksAtOnce(int tasks) {
        assumeTrue(tasksAtOnce() >= tasks, () -> "needs " + tasks + " blocked tasks at once");
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        boolean leaked = Thread.interrupted();
        CancelScope scope = CurrentScope.get();
        factories.forEach(TaskGroupFactory::close);
        shutdown();
        assertThat(leaked).as("an interrupt leaked from the test").isFalse();
        assertThat(scope).as("a scope was left on the thread").isNull();
    }
}
