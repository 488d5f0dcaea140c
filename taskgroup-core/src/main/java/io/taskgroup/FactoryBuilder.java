package io.taskgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects the settings of an {@link EngineFactory}. Threads are made when the factory is built. */
final class FactoryBuilder implements TaskGroupFactory.Builder {
    private Function<@Nullable String, Threads> kind = Threads::preferred;
    private boolean reusesThreads;
    private @Nullable String threadNamePrefix;
    private @Nullable TaskGroupOptions defaults;
    private UnaryOperator<TaskGroupOptions> perGroup = UnaryOperator.identity();
    private final List<ContextCarrier> carriers = new ArrayList<>();
    private final List<TaskGroupObserver> observers = new ArrayList<>();

    @Override
    public TaskGroupFactory.Builder executor(Executor executor) {
        Objects.requireNonNull(executor, "executor");
        kind = prefix -> Threads.borrowed(executor);
        return this;
    }

    @Override
    public TaskGroupFactory.Builder threadFactory(ThreadFactory factory) {
        Objects.requireNonNull(factory, "factory");
        kind = prefix -> Threads.onePerTask(factory);
        return this;
    }

    @Override
    public TaskGroupFactory.Builder virtualThreads() {
        VirtualThreads.checkAvailable();
        kind = Threads::virtual;
        return this;
    }

    @Override
    public TaskGroupFactory.Builder platformThreads() {
        kind = Threads::pooled;
        return this;
    }

    @Override
    public TaskGroupFactory.Builder reuseThreads() {
        reusesThreads = true;
        return this;
    }

    @Override
    public TaskGroupFactory.Builder threadNamePrefix(String prefix) {
        threadNamePrefix = Arguments.name(prefix, "prefix");
        return this;
    }

    @Override
    public TaskGroupFactory.Builder defaults(TaskGroupOptions options) {
        defaults = Objects.requireNonNull(options, "options");
        return this;
    }

    @Override
    public TaskGroupFactory.Builder options(UnaryOperator<TaskGroupOptions> perGroup) {
        this.perGroup = Objects.requireNonNull(perGroup, "perGroup");
        return this;
    }

    @Override
    public TaskGroupFactory.Builder contextCarrier(ContextCarrier carrier) {
        carriers.add(Objects.requireNonNull(carrier, "carrier"));
        return this;
    }

    @Override
    public TaskGroupFactory.Builder observer(TaskGroupObserver observer) {
        observers.add(Objects.requireNonNull(observer, "observer"));
        return this;
    }

    @Override
    public TaskGroupFactory build() {
        Threads made = kind.apply(threadNamePrefix);
        OpenGroups openGroups = new OpenGroups();
        Threads threads = reusesThreads ? made.reused() : made;
        Engine engine = new Engine(
                threads,
                Dispatcher.shared(threads),
                List.copyOf(carriers),
                new Observers(observers),
                openGroups,
                new StragglerWatch(openGroups));
        return new EngineFactory(engine, defaults, perGroup);
    }
}
