package io.taskgroup;

import io.taskgroup.CancelReason.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A group at work: what any thread that holds it may do. It has no state of its own: the {@link JoinLatch} counts, the
 * {@link Ledger} knows the tasks and why the group was cancelled, the {@link BodyScope} whether the body was told, the
 * {@link GroupClock} the deadline.
 *
 * <p>The way of a task: {@link Fork} captures the context, enters the task in the ledger and finds it a thread;
 * {@link TaskRun} runs it; {@link Settlement} publishes the outcome, asks the policy, runs callbacks and tells observers;
 * the last {@link #settled} wakes the {@link GroupOwner}, and the {@link Verdict} says what is thrown.
 */
final class OwnedGroup implements OpenTaskGroup, Roster.Member {
    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final Engine engine;
    private final TaskGroupOptions options;
    private final JoinLatch latch = new JoinLatch();
    private final Ledger ledger;
    private final BodyScope body;
    private final GroupOwner owner;
    private final Settlement settlement;
    private final Dispatcher dispatcher;
    private final GroupClock clock;
    private final @Nullable Object event = FlightRecords.groupOpened();

    @SuppressWarnings("NullAway.Init") // set when the group is opened
    private Roster.Page page;

    private volatile @Nullable CancelScope enclosing;

    OwnedGroup(Engine engine, TaskGroupOptions options, boolean isBlock) {
        this.engine = engine;
        this.options = options;
        this.clock = new GroupClock(this);
        this.ledger = new Ledger(options.name(), latch);
        this.body = new BodyScope(this, isBlock && isInterrupting());
        this.owner = new GroupOwner(this);
        this.settlement = new Settlement(this);
        this.dispatcher = engine.dispatcher(options.maxConcurrency(), ledger);
    }

    // ---- opening and ending

    /** The group was entered in this scope, or has left it. */
    void openedIn(@Nullable CancelScope scope) {
        if (scope != enclosing) {
            enclosing = scope;
        }
    }

    /** Observers know of the group before anyone can cancel it. */
    void begin(long number) {
        observers().groupOpened(this);
        options.timeout().ifPresent(clock::setTimeout);
        body.listenToBelow();
        engine.openGroups().add(number, this);
    }

    @Override
    public void listedOn(Roster.Page page) {
        this.page = page;
    }

    /** The last that is told of the group. */
    void ended(GroupOutcome outcome) {
        clock.stop();
        dispatcher.end();
        FlightRecords.groupClosed(event, this, outcome);
        if (isObserved()) {
            observers().groupClosed(this, outcome, clock.age(System.nanoTime()));
        }
    }

    /** The owner has left the group. */
    void gone(long number) {
        engine.openGroups().remove(page, number);
    }

    @Override
    public void join() throws InterruptedException {
        owner.join();
    }

    @Override
    public void close() {
        owner.close();
    }

    GroupOwner owner() {
        return owner;
    }

    TaskGroupOptions options() {
        return options;
    }

    // ---- tasks

    @Override
    public <T> Task<T> fork(Callable<? extends T> task) {
        return Fork.start(this, null, Objects.requireNonNull(task, "task"));
    }

    @Override
    public <T> Task<T> fork(String taskName, Callable<? extends T> task) {
        return Fork.start(this, Arguments.name(taskName, "taskName"), Objects.requireNonNull(task, "task"));
    }

    @Override
    public Task<Void> fork(TaskAction task) {
        return Fork.start(this, null, Fork.callable(task));
    }

    @Override
    public Task<Void> fork(String taskName, TaskAction task) {
        return Fork.start(this, Arguments.name(taskName, "taskName"), Fork.callable(task));
    }

    Engine engine() {
        return engine;
    }

    /** Whether tasks may wait for a thread, so that those who wait for them should run them. */
    boolean hasScarceThreads() {
        return engine.threads().areScarce();
    }

    Settlement settlement() {
        return settlement;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    JoinLatch latch() {
        return latch;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Something that the owner waits for is done; the last such wakes the owner. */
    void settled() {
        if (latch.settled()) {
            owner.unpark();
        }
    }

    @Override
    public int liveTasks() {
        return ledger.liveCount();
    }

    @Override
    public int runningTasks() {
        return (int) live().stream()
                .filter(task -> task.state() == TaskState.RUNNING)
                .count();
    }

    // ---- cancelling

    @Override
    public boolean cancel() {
        return cancel(CancelReason.of(Kind.REQUESTED, this + " was cancelled by TaskGroup.cancel()"));
    }

    @Override
    public boolean cancel(String reason) {
        return cancel(CancelReason.of(Kind.REQUESTED, Objects.requireNonNull(reason, "reason")));
    }

    boolean cancel(CancelReason why) {
        if (isCancelled() || !latch.pin()) {
            return false;
        }
        Optional<List<ForkedTask<?>>> rest = ledger.cancel(why);
        rest.ifPresent(tasks -> CancelScope.runInLibrary(() -> stop(tasks, why)));
        settled();
        return rest.isPresent();
    }

    /** Asks the body first: when it sees that a task was stopped, it has been told why. */
    private void stop(List<ForkedTask<?>> tasks, CancelReason why) {
        clock.stop();
        observers().groupCancelled(this, why);
        long now = System.nanoTime();
        if (why.kind() != Kind.DECIDED) {
            body.ask(why, now);
        }
        for (ForkedTask<?> task : tasks) {
            task.requestStop(why, now);
        }
    }

    @Override
    public boolean isCancelled() {
        return ledger.reason() != null;
    }

    @Override
    public Optional<CancelReason> cancelReason() {
        return Optional.ofNullable(ledger.reason());
    }

    boolean isInterrupting() {
        return options.cancelMode() == CancelMode.INTERRUPT;
    }

    // ---- time

    GroupClock clock() {
        return clock;
    }

    @Override
    public Optional<Duration> remaining() {
        return clock.remaining();
    }

    @Override
    public void reschedule(Duration timeout) {
        clock.reschedule(Arguments.positive(timeout, "timeout"));
    }

    // ---- what it is

    @Override
    public long id() {
        return id;
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public Optional<Task<?>> parent() {
        return Optional.ofNullable(parentTask());
    }

    @Nullable
    ForkedTask<?> parentTask() {
        CancelScope outer = enclosing;
        return outer == null ? null : outer.task();
    }

    @Nullable
    CancelScope enclosing() {
        return enclosing;
    }

    BodyScope body() {
        return body;
    }

    boolean isObserved() {
        return !observers().isEmpty();
    }

    Observers observers() {
        return engine.observers();
    }

    @Override
    public TaskCounts counts() {
        return ledger.counts();
    }

    @Override
    public List<TaskFailure> failures() {
        return ledger.failures();
    }

    List<ForkedTask<?>> live() {
        return ledger.live();
    }

    @Override
    public String toString() {
        return "Group '" + name() + "'";
    }
}
