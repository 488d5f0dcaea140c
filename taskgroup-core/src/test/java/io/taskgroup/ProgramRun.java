package io.taskgroup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a program on one kind of threads, and whether it kept the rules. */
final class ProgramRun {
    private static final String OWNER = "owner";

    private final Program program;
    private final TaskThreads threads;
    private final TaskGroupFactory groups;
    private final ProgramContext context;
    private final @Nullable ProgramEvents events;
    private final Map<String, GroupTrace> groupTraces = new ConcurrentHashMap<>();
    private final Map<String, TaskTrace> taskTraces = new ConcurrentHashMap<>();
    private final Collection<String> complaints = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread owner;
    private volatile boolean interrupted;
    private volatile boolean interruptSeen;
    private final CountDownLatch outside;
    private boolean flagLeft;
    private @Nullable Throwable thrown;

    ProgramRun(Program program, TaskThreads threads, ExecutorService pool) {
        this.program = program;
        this.threads = threads;
        this.outside = new CountDownLatch(program.outsiders().size());
        this.context = new ProgramContext(this, program.isCarried());
        this.events = program.isObserved() ? new ProgramEvents(this) : null;
        TaskGroupFactory.Builder builder = threads.builder(pool);
        if (program.isCarried()) {
            builder.contextCarrier(context);
        }
        if (events != null) {
            builder.observer(events);
        }
        this.groups = builder.build();
    }

    /**
     * Runs the program, and throws if a rule was broken.
     *
     * @param actors runs the owner and the outsiders
     */
    void play(ExecutorService actors, long patienceSeconds) throws Exception {
        List<Future<?>> playing = new ArrayList<>();
        playing.add(actors.submit(this::playOwner));
        for (Program.Outsider outsider : program.outsiders()) {
            playing.add(actors.submit(() -> play(outsider)));
        }
        for (Future<?> one : playing) {
            try {
                one.get(patienceSeconds, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                complaints.add("stuck: "
                        + groups.snapshot().stream().map(GroupSnapshot::toTree).toList());
                throw broken();
            }
        }
        check();
        if (!complaints.isEmpty()) {
            throw broken(); // and closes nothing, which could wait for ever
        }
        groups.close();
    }

    private AssertionError broken() {
        return new AssertionError(
                String.join("\n", complaints) + "\non " + threads + ", in\n" + program + "threw " + thrown
                        + "\nto run it again: -Dtaskgroup.programs.seed=" + program.seed(),
                thrown);
    }

    private void playOwner() {
        owner = Thread.currentThread();
        try {
            new ProgramActor(this, OWNER, null, null).play(List.of(new ProgramStep.Open(program.root())));
        } catch (Throwable failure) {
            thrown = failure;
        } finally {
            context.leave();
        }
        flagLeft = awaitOutsiders();
    }

    /** Returns whether the thread was interrupted before, or meanwhile. */
    private boolean awaitOutsiders() {
        boolean flag = false;
        while (true) {
            try {
                outside.await();
                return flag | Thread.interrupted();
            } catch (InterruptedException e) {
                flag = true;
            }
        }
    }

    private Object play(Program.Outsider outsider) throws Exception {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(outsider.afterMicros()));
        try {
            new ProgramActor(this, "outsider", null, null).play(List.of(outsider.step()));
        } finally {
            context.leave();
            outside.countDown();
        }
        return outsider;
    }

    // ---- what must hold in the end

    private void check() {
        for (GroupTrace trace : groupTraces.values()) {
            trace.check();
            if (events != null) {
                events.check(trace);
            }
        }
        context.check(taskTraces.size());
        expect(groups.snapshot().isEmpty(), () -> "still shown: " + groups.snapshot());
        checkInterrupts();
    }

    /** Rule 3: the flag tells of interrupts from outside, and of no other. */
    private void checkInterrupts() {
        boolean told = thrown instanceof InterruptedException;
        if (interrupted) {
            expect(flagLeft || told || interruptSeen, () -> "the interrupt from outside is lost");
        } else {
            expect(!flagLeft, () -> "an interrupt of ours is left");
            expect(!told || isStoppedInside(), () -> "an interrupt of ours came out");
        }
    }

    /** The try-with-resources form lets through what tells its body that it was stopped. */
    private boolean isStoppedInside() {
        return thrown instanceof EnclosingStoppedException;
    }

    void expect(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            complaints.add(otherwise.get());
        }
    }

    // ---- what the actors see

    TaskGroupFactory groups() {
        return groups;
    }

    ProgramContext context() {
        return context;
    }

    @Nullable
    ProgramEvents events() {
        return events;
    }

    /** Whether somebody may fork at any time. */
    boolean hasOutsiders() {
        return !program.outsiders().isEmpty();
    }

    /** Whether an observer must find this context when it is told of a task that was forked in that one. */
    boolean isCarriedAs(@Nullable String forker, @Nullable String found) {
        return !program.isCarried() || Objects.equals(forker, found);
    }

    @Nullable
    GroupTrace group(String name) {
        return groupTraces.get(name);
    }

    @Nullable
    TaskTrace task(String name) {
        return taskTraces.get(name);
    }

    void opened(GroupTrace group) {
        groupTraces.put(group.name(), group);
    }

    void forked(TaskTrace task) {
        taskTraces.put(task.name(), task);
    }

    boolean isOnOwner() {
        return Thread.currentThread() == owner;
    }

    boolean ranOnOwner(@Nullable Thread thread) {
        return thread != null && thread == owner;
    }

    void interruptOwner() {
        Thread target = owner;
        if (target != null) {
            interrupted = true;
            target.interrupt();
        }
    }

    /** Whether a flag on the calling thread may be that of an outsider. */
    boolean mayBeInterrupted() {
        return interrupted && isOnOwner();
    }

    /** Code on the calling thread met this: on the owner's, an interrupt from outside is not lost by that. */
    void met(Throwable failure) {
        if (isOnOwner() && Echo.isCancellation(failure)) {
            interruptSeen = true;
        }
    }

    /** The owner's thread was interrupted by the library: one bit cannot tell that from an interrupt from outside. */
    void interruptedOwner() {
        interruptSeen = true;
    }
}
