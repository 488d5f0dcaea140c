package io.taskgroup;

import io.taskgroup.Program.GroupCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A group of a program that runs: what its owner, its tasks and its callbacks saw, and whether that keeps the rules. */
final class GroupTrace {
    private final ProgramRun run;
    private final GroupCode code;
    private final @Nullable AuditedPolicy audit;
    private final Collection<TaskTrace> tasks = new ConcurrentLinkedQueue<>();
    private final Collection<Throwable> ofCallbacks = new ConcurrentLinkedQueue<>();
    private final List<String> plain = new ArrayList<>(); // callbacks need no lock
    private final AtomicInteger callbacksDue = new AtomicInteger();
    private final AtomicInteger calling = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final Collection<Throwable> swallowed = new ConcurrentLinkedQueue<>();
    private volatile @Nullable OwnedGroup group;
    private volatile @Nullable Thread owner;
    private volatile boolean stopped;
    private volatile boolean ended;
    private @Nullable Throwable ofBody;
    private @Nullable Throwable thrown;

    GroupTrace(ProgramRun run, GroupCode code) {
        this.run = run;
        this.code = code;
        this.audit = code.isAudited() ? new AuditedPolicy(run, code.options().policy()) : null;
    }

    String name() {
        return code.name();
    }

    OwnedGroup group() {
        return Objects.requireNonNull(group);
    }

    boolean isBlock() {
        return code.form() != Program.Form.OPEN;
    }

    /** Returns what the caller of the group got. */
    @Nullable
    Throwable thrown() {
        return thrown;
    }

    Collection<TaskTrace> tasks() {
        return tasks;
    }

    // ---- the owner

    /**
     * Opens the group, plays its body and ends it.
     *
     * @param around the name of whoever does that
     */
    void play(String around) throws Exception {
        TaskGroupOptions options =
                audit == null ? code.options() : code.options().withPolicy(audit);
        try {
            switch (code.form()) {
                case RUN -> run.groups().run(options, this::body);
                case CALL -> {
                    Object value = run.groups().call(options, opened -> {
                        body(opened);
                        return this;
                    });
                    run.expect(value == this, () -> name() + " returned " + value);
                }
                case OPEN -> {
                    try (OpenTaskGroup opened = run.groups().open(options)) {
                        body(opened);
                    }
                }
            }
        } catch (Throwable failure) {
            thrown = failure;
            run.met(failure);
            throw failure;
        } finally {
            run.context().enter(around);
            exit();
        }
    }

    private void body(TaskGroup opened) throws Exception {
        group = (OwnedGroup) opened;
        owner = Thread.currentThread();
        run.opened(this);
        try {
            new ProgramActor(run, name(), this, null).play(code.body());
        } catch (Throwable failure) {
            ofBody = failure;
            run.met(failure);
            throw failure;
        }
    }

    void join() throws InterruptedException {
        group().owner().join();
        run.expect(inside.get() == 0 || run.hasOutsiders(), () -> name() + " was joined while a task ran");
    }

    /** Rule 1: what is seen at the moment at which the caller goes on. */
    private void exit() {
        ended = true;
        if (group == null) {
            return;
        }
        run.expect(inside.get() == 0, () -> "a task outlives " + name());
        run.expect(calling.get() == 0, () -> "a callback outlives " + name());
        run.expect(
                callbacksDue.get() == plain.size(),
                () -> name() + " has run callbacks " + plain + " of " + callbacksDue);
        run.expect(group().liveTasks() == 0, () -> name() + " has ended with live tasks");
        tasks.forEach(task -> run.expect(task.task().state().isTerminal(), () -> task + " outlives " + name()));
        if (run.events() != null) {
            run.events().ended(group());
        }
    }

    // ---- its tasks

    void forked(TaskTrace task) {
        tasks.add(task);
        run.forked(task);
    }

    /** Code of a task begins, in a place of its own, or in that of a task that waits. */
    void entered(boolean hasPlace) {
        run.expect(!ended, () -> "a task of " + name() + " began after the end");
        inside.incrementAndGet();
        if (hasPlace) {
            running(1);
        }
    }

    void left(boolean hadPlace) {
        if (hadPlace) {
            running(-1);
        }
        inside.decrementAndGet();
    }

    /** So many more are running, and not waiting for another task. */
    void running(int more) {
        int now = running.addAndGet(more);
        int limit = group().dispatcher().isLimited()
                ? code.options().maxConcurrency().orElse(1) // which LIMITED threads set where the program does not
                : Integer.MAX_VALUE;
        run.expect(more < 0 || now <= limit, () -> now + " tasks of " + name() + " run at once");
    }

    void addCallback(TaskTrace task, List<ProgramStep> steps) {
        callbacksDue.incrementAndGet();
        task.task().onCompletion(completed -> {
            run.expect(calling.incrementAndGet() == 1, () -> "two callbacks at once in " + name());
            run.expect(completed.state().isTerminal(), () -> "a callback came before the end of " + task);
            String before = run.context().current();
            try {
                plain.add(task.name());
                new ProgramActor(run, "callback of " + task, this, null).play(steps);
            } catch (RuntimeException | Error failure) {
                if (!(failure instanceof TaskGroupCancelledException refused) || !isOfThisGroup(refused)) {
                    ofCallbacks.add(failure);
                }
                throw failure;
            } catch (Exception impossible) {
                throw new AssertionError(impossible);
            } finally {
                run.context().enter(before);
                calling.decrementAndGet();
            }
        });
    }

    // ---- stopping it

    void cancel() {
        boolean did = group().cancel();
        run.expect(!did || group().isCancelled(), () -> "the cancel of " + name() + " is not known");
        run.expect(!did || !stopped, () -> name() + " was cancelled twice");
        stopped |= did;
    }

    /** Whether a cancel has returned: then every task was asked. */
    boolean wasStopped() {
        return stopped;
    }

    boolean hasEnded() {
        return ended;
    }

    boolean isInterrupting() {
        return group().isInterrupting();
    }

    void swallowed(Throwable failure) {
        swallowed.add(failure);
    }

    // ---- what must hold in the end

    void check() {
        tasks.forEach(task -> task.check(run));
        TaskCounts counts = new TaskCounts(
                tasks.size(), count(TaskState.SUCCEEDED), count(TaskState.FAILED), count(TaskState.CANCELLED));
        run.expect(
                group().counts().equals(counts), () -> name() + " counts " + group().counts() + ", it has " + counts);
        StopRequest request = group().body().request();
        if (run.ranOnOwner(owner) && request != null && request.hasReached()) {
            run.interruptedOwner();
        }
        if (audit != null) {
            audit.check(tasks.stream().map(TaskTrace::task).toList());
        }
        checkFailures(!code.options().policy().isSuccess(counts) || !ofCallbacks.isEmpty());
    }

    private boolean isOfThisGroup(TaskGroupCancelledException refused) {
        return group().cancelReason().filter(refused.reason()::equals).isPresent();
    }

    private int count(TaskState state) {
        return (int) tasks.stream().filter(task -> task.task().state() == state).count();
    }

    /** Rules 4 and 5: what failed reached the caller, once, unless the policy is content; and nothing else did. */
    private void checkFailures(boolean policyFails) {
        Told told = new Told(thrown, swallowed);
        run.expect(!told.isCyclic(), () -> name() + " threw a cycle");
        List<Throwable> failures = new ArrayList<>(ofCallbacks);
        tasks.stream()
                .filter(task -> task.task().state() == TaskState.FAILED)
                .forEach(task -> failures.add(Objects.requireNonNull(task.thrown())));
        if (policyFails) {
            failures.forEach(failure -> run.expect(told.tells(failure), () -> name() + " lost " + failure));
        }
        if (ofBody != null) {
            ownFailures(ofBody)
                    .forEach(failure -> run.expect(told.tells(failure), () -> name() + " lost its body's " + failure));
        }
        told.reports(name()).forEach(report -> checkReport(report, failures));
    }

    /** Returns what a body threw, or if that only says that it was stopped, what closing a group on the way added to it. */
    private static Set<Throwable> ownFailures(Throwable ofBody) {
        return Echo.isCancellation(ofBody)
                ? new Told(null, Arrays.asList(ofBody.getSuppressed())).thrownByProgram()
                : new Told(ofBody, List.of()).thrownByProgram();
    }

    private void checkReport(TaskGroupException report, List<Throwable> failures) {
        for (TaskFailure entry : report.failures()) {
            Throwable failure = entry.exception();
            long times = report.failures().stream()
                    .filter(one -> one.exception() == failure)
                    .count();
            run.expect(times == 1, () -> name() + " lists " + entry + " " + times + " times");
            boolean known = failures.stream().anyMatch(one -> one == failure)
                    || failure instanceof TaskCancelledException
                    || failure instanceof TaskGroupException // or a part of one
                    || new Told(ofBody, List.of()).has(failure);
            run.expect(known, () -> name() + " lists " + entry + ", which did not fail");
        }
    }
}
