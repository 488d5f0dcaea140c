package io.taskgroup;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The library's own factory: finds a group's options, and opens groups in both forms. */
final class EngineFactory implements TaskGroupFactory {
    private final Engine engine;
    private final @Nullable TaskGroupOptions defaults;
    private final UnaryOperator<TaskGroupOptions> perGroup;

    EngineFactory(Engine engine, @Nullable TaskGroupOptions defaults, UnaryOperator<TaskGroupOptions> perGroup) {
        this.engine = engine;
        this.defaults = defaults;
        this.perGroup = perGroup;
    }

    @Override
    public TaskGroupOptions options(String groupName) {
        TaskGroupOptions named = TaskGroupOptions.named(groupName);
        TaskGroupOptions given = defaults == null ? named : named.over(defaults);
        TaskGroupOptions configured = Objects.requireNonNull(
                perGroup.apply(given), () -> "the options configured for group '" + groupName + "' are null");
        return named.over(configured.over(given)); // what is not set there is as it was
    }

    private TaskGroupOptions options(TaskGroupOptions ofCall) {
        return ofCall.over(options(ofCall.name()));
    }

    @Override
    public <R, X extends Exception> R call(String groupName, GroupBody<? extends R, ? extends X> body)
            throws X, InterruptedException {
        return runBlock(options(groupName), Objects.requireNonNull(body, "body"), true);
    }

    @Override
    public <R, X extends Exception> R call(TaskGroupOptions options, GroupBody<? extends R, ? extends X> body)
            throws X, InterruptedException {
        return runBlock(
                options(Objects.requireNonNull(options, "options")), Objects.requireNonNull(body, "body"), true);
    }

    @Override
    public <X extends Exception> void run(String groupName, GroupAction<? extends X> body)
            throws X, InterruptedException {
        runBlock(options(groupName), valueless(body), false);
    }

    @Override
    public <X extends Exception> void run(TaskGroupOptions options, GroupAction<? extends X> body)
            throws X, InterruptedException {
        runBlock(options(Objects.requireNonNull(options, "options")), valueless(body), false);
    }

    @SuppressWarnings("NullAway") // nobody looks at the value
    private static <X extends Exception> GroupBody<Void, X> valueless(GroupAction<? extends X> body) {
        Objects.requireNonNull(body, "body");
        return group -> {
            body.run(group);
            return null;
        };
    }

    @SuppressWarnings("NullAway") // the value is null only if something is thrown
    private <R, X extends Exception> R runBlock(
            TaskGroupOptions options, GroupBody<? extends R, ? extends X> body, boolean wantsValue)
            throws X, InterruptedException {
        OwnedGroup group = new OwnedGroup(engine, options, true);
        group.owner().open();
        R value = null;
        Throwable thrown = null;
        try {
            value = body.run(group);
        } catch (Throwable failure) {
            thrown = failure;
        }
        Throwable failure = group.owner().exit(thrown, wantsValue);
        if (failure != null) {
            EngineFactory.<RuntimeException>rethrow(failure);
        }
        return value;
    }

    /** What leaves a block is the body's own exception or one of ours: both are declared there. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void rethrow(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @Override
    public OpenTaskGroup open(String groupName) {
        return openOn(options(groupName));
    }

    @Override
    public OpenTaskGroup open(TaskGroupOptions options) {
        return openOn(options(Objects.requireNonNull(options, "options")));
    }

    private OpenTaskGroup openOn(TaskGroupOptions options) {
        OwnedGroup group = new OwnedGroup(engine, options, false);
        group.owner().openUninterrupted();
        return group;
    }

    @Override
    public <T> List<T> all(String groupName, Collection<? extends Callable<? extends T>> tasks)
            throws InterruptedException {
        return all(TaskGroupOptions.named(groupName), tasks);
    }

    @Override
    public <T> List<T> all(TaskGroupOptions options, Collection<? extends Callable<? extends T>> tasks)
            throws InterruptedException {
        return call(with(JoinPolicy.allSuccessful(), options), Fanout.<T>all(tasks));
    }

    @Override
    public <T> T any(String groupName, Collection<? extends Callable<? extends T>> tasks) throws InterruptedException {
        return any(TaskGroupOptions.named(groupName), tasks);
    }

    @Override
    public <T> T any(TaskGroupOptions options, Collection<? extends Callable<? extends T>> tasks)
            throws InterruptedException {
        FirstSuccess<T> race = new FirstSuccess<>(Arguments.elements(tasks, "tasks"));
        return call(with(race, options), race);
    }

    @Override
    public <T> List<Task<T>> settle(String groupName, Collection<? extends Callable<? extends T>> tasks)
            throws InterruptedException {
        return settle(TaskGroupOptions.named(groupName), tasks);
    }

    @Override
    public <T> List<Task<T>> settle(TaskGroupOptions options, Collection<? extends Callable<? extends T>> tasks)
            throws InterruptedException {
        return call(with(JoinPolicy.awaitAll(), options), Fanout.<T>settle(tasks));
    }

    @Override
    public <I, T> List<T> map(
            String groupName, Collection<? extends I> items, TaskFunction<? super I, ? extends T> function)
            throws InterruptedException {
        return map(TaskGroupOptions.named(groupName), items, function);
    }

    @Override
    public <I, T> List<T> map(
            TaskGroupOptions options, Collection<? extends I> items, TaskFunction<? super I, ? extends T> function)
            throws InterruptedException {
        return all(options, Fanout.<I, T>tasks(items, function));
    }

    private static TaskGroupOptions with(JoinPolicy policy, TaskGroupOptions options) {
        return Objects.requireNonNull(options, "options").withPolicy(policy);
    }

    @Override
    public List<GroupSnapshot> snapshot() {
        return engine.openGroups().roots().stream().map(Snapshots::of).toList();
    }

    @Override
    public Optional<TaskGroup> find(long groupId) {
        return engine.openGroups().find(groupId).map(group -> group);
    }

    @Override
    public boolean shutdown(Duration grace) throws InterruptedException {
        if (Objects.requireNonNull(grace, "grace").isNegative()) {
            throw new IllegalArgumentException("grace is " + grace + "; it must not be negative");
        }
        try {
            return engine.openGroups().shutdown(grace);
        } finally {
            engine.threads().shutdown();
        }
    }

    @Override
    public void close() {
        try {
            engine.openGroups().shutdown(Duration.ZERO);
        } catch (InterruptedException e) {
            CancelScope.restoreInterrupt();
        } finally {
            engine.threads().shutdown();
        }
    }
}
