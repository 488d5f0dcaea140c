package io.taskgroup;

import io.taskgroup.Program.GroupCode;
import io.taskgroup.ProgramStep.Failure;
import io.taskgroup.ProgramStep.Fork;
import io.taskgroup.ProgramStep.Handling;
import io.taskgroup.ProgramStep.Manners;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Does the steps of one body, task, callback or outsider of a program, and looks at what the library answers. */
final class ProgramActor {
    private final ProgramRun run;
    private final String name;
    private final @Nullable GroupTrace group;
    private final @Nullable TaskTrace task;

    /**
     * Creates an actor.
     *
     * @param group the group whose body, task or callback this is; null for an outsider
     * @param task the task that this is
     */
    ProgramActor(ProgramRun run, String name, @Nullable GroupTrace group, @Nullable TaskTrace task) {
        this.run = run;
        this.name = name;
        this.group = group;
        this.task = task;
    }

    void play(List<ProgramStep> steps) throws Exception {
        run.context().enter(name);
        for (ProgramStep step : steps) {
            step.play(this);
            run.context().expect(name, "after '" + step.text() + "'");
        }
    }

    // ---- groups and tasks

    void open(GroupCode code) throws Exception {
        pausing(true);
        try {
            new GroupTrace(run, code).play(name);
        } finally {
            pausing(false);
        }
    }

    void fork(Fork fork) {
        GroupTrace into = run.group(fork.group());
        if (into == null) {
            return; // it is not open yet
        }
        TaskTrace trace = new TaskTrace(fork.task(), into, name);
        try {
            trace.forked(into.group().fork(trace.name(), () -> trace.play(run)));
        } catch (IllegalStateException | RejectedExecutionException refused) {
            if (group == null) {
                return; // an outsider came too late
            }
            throw refused;
        }
        if (!fork.callback().isEmpty()) {
            into.addCallback(trace, fork.callback());
        }
    }

    void addCallback(String task, List<ProgramStep> steps) {
        TaskTrace trace = run.task(task);
        if (trace != null) {
            trace.group().addCallback(trace, steps);
        }
    }

    void takeFuture(String task) {
        TaskTrace trace = run.task(task);
        if (trace != null) {
            trace.takeFuture();
        }
    }

    void await(String task, Handling handling) throws Exception {
        TaskTrace awaited = run.task(task);
        if (awaited == null) {
            return; // its fork was refused, or comes later
        }
        pausing(true);
        try {
            Object value = awaited.task().await();
            run.expect(value == awaited, () -> "await of " + task + " gave " + value);
            run.expect(awaited.hasLeft(), () -> "await of " + task + " returned while its code ran");
        } catch (TaskFailedException failed) {
            run.expect(
                    failed.getCause() == awaited.thrown() || !awaited.hasRun(),
                    () -> "await of " + task + " told " + failed.getCause());
            boolean unwraps = handling == Handling.UNWRAP && !(failed.getCause() instanceof InterruptedException);
            if (unwraps && failed.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (handling != Handling.SWALLOW) {
                throw failed;
            }
        } catch (TaskCancelledException cancelled) {
            if (handling != Handling.SWALLOW) {
                throw cancelled;
            }
        } finally {
            pausing(false);
        }
    }

    void join(Handling handling) throws InterruptedException {
        if (group == null) {
            return;
        }
        try {
            group.join();
        } catch (TaskGroupException | TaskGroupCancelledException failed) {
            if (handling != Handling.SWALLOW) {
                throw failed;
            }
            group.swallowed(failed);
        }
    }

    /** While a task waits, it may lend its place to another. */
    private void pausing(boolean begins) {
        if (group != null && task != null) {
            group.running(begins ? -1 : 1);
        }
    }

    // ---- stopping them

    void cancelGroup(String of) {
        GroupTrace target = run.group(of);
        if (target != null) {
            target.cancel();
        }
    }

    void cancelTask(String of) {
        TaskTrace target = run.task(of);
        if (target != null) {
            boolean asked = target.task().cancel();
            run.expect(!asked || target.task().isCancelRequested(), () -> "the cancel of " + of + " is not known");
        }
    }

    void reschedule(String of, int micros) {
        GroupTrace target = run.group(of);
        if (target == null) {
            return;
        }
        try {
            target.group().reschedule(Duration.ofNanos(1000L * micros));
        } catch (IllegalStateException tooLate) {
            // the group was cancelled, or is about to be
        }
    }

    void interruptOwner() {
        run.interruptOwner();
    }

    void shutDown(int graceMicros) throws InterruptedException {
        run.groups().shutdown(Duration.ofNanos(1000L * graceMicros));
    }

    // ---- what it does by itself

    void fail(Failure failure) throws Exception {
        Throwable thrown = failure.by(name);
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (Exception) thrown;
    }

    void pause(int micros, Manners manners) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
        switch (manners) {
            case YIELDING -> new CountDownLatch(1).await(micros, TimeUnit.MICROSECONDS);
            case SWALLOWING -> {
                try {
                    new CountDownLatch(1).await(micros, TimeUnit.MICROSECONDS);
                } catch (InterruptedException swallowed) {
                    run.met(swallowed);
                }
            }
            case STUBBORN -> {
                while (System.nanoTime() - until < 0) {
                    LockSupport.parkNanos(until - System.nanoTime());
                }
            }
            case CHECKING -> {
                while (System.nanoTime() - until < 0) {
                    Task.checkpoint();
                    Thread.onSpinWait();
                }
            }
        }
    }

    void look() {
        for (GroupSnapshot root : run.groups().snapshot()) {
            check(root);
            run.expect(root.toTree().contains(root.name()), root::toTree);
        }
        if (group != null) {
            run.expect(
                    run.groups().find(group.group().id()).isPresent() || group.hasEnded(),
                    () -> group.name() + " is open and cannot be found");
        }
    }

    private void check(GroupSnapshot seen) {
        TaskCounts counts = seen.counts();
        run.expect(
                counts.succeeded() + counts.failed() + counts.cancelled() <= counts.forked(),
                () -> "more ended than were forked: " + seen);
        for (TaskSnapshot one : seen.tasks()) {
            one.groups().forEach(this::check);
        }
    }
}
