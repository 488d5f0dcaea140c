package io.taskgroup;

import io.taskgroup.RaceThreads.Shot;
import io.taskgroup.StopRequest.Delivery;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Rounds in which the same events meet at one group, each time in another order, and what must hold after each. */
final class Race {
    enum Event {
        TASK_FAILS,
        OUTER_IS_CANCELLED,
        GROUP_IS_CANCELLED,
        DEADLINE_PASSES,
        FOREIGN_INTERRUPT,
        BODY_EXITS
    }

    private enum Frame {
        NONE,
        BODY,
        TASK
    }

    private enum Move {
        EXIT,
        BLOCK,
        AWAIT,
        JOIN
    }

    private static final int[] DELAYS = {1, 50, 500, 3000};

    private final RaceThreads threads;
    private final TaskGroupFactory groups;
    private final Set<Event> events;
    private final Random random;
    private volatile long rounds;
    private volatile @Nullable Round current;

    Race(RaceThreads threads, Set<Event> events, long seed) {
        this.threads = threads;
        this.groups = threads.groups();
        this.events = events;
        this.random = new Random(seed);
    }

    /** Plays so many rounds, and throws what the first of them that breaks a rule complains of. */
    void run(int times) throws Exception {
        while (rounds < times) {
            Round round = new Round();
            current = round;
            round.play();
            String ofThreads = threads.complaint();
            round.check(ofThreads == null, ofThreads);
            AssertionError complaint = round.complaint;
            if (complaint != null) {
                throw complaint;
            }
            rounds++;
        }
    }

    long rounds() {
        return rounds;
    }

    String describe() {
        return String.valueOf(current);
    }

    private boolean happens(Event event) {
        return events.contains(event);
    }

    private <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    /** One group and the events that meet at it. */
    final class Round {
        private final boolean early = random.nextInt(4) == 0; // events may come before the group is open
        private final Frame frame = happens(Event.OUTER_IS_CANCELLED)
                ? random.nextBoolean() ? Frame.BODY : Frame.TASK
                : oneOf(Frame.values());
        private final Move move =
                happens(Event.BODY_EXITS) ? Move.EXIT : oneOf(new Move[] {Move.BLOCK, Move.AWAIT, Move.JOIN});
        private final boolean hasSlow = move == Move.AWAIT || move == Move.JOIN || random.nextBoolean();
        private final boolean foreignLate = random.nextInt(3) == 0;
        private final boolean takesFlag = random.nextBoolean(); // the code after the group clears it
        private final boolean byTask = random.nextBoolean(); // the task around is cancelled, not its group
        private final int mostDelay = DELAYS[random.nextInt(DELAYS.length)];
        private final int failDelay = random.nextInt(mostDelay);
        private final int bodyDelay = random.nextInt(mostDelay);
        private final CountDownLatch never = new CountDownLatch(1);
        private final IllegalStateException boom = new IllegalStateException("boom");

        volatile boolean go;
        volatile @Nullable Thread holder;
        private volatile @Nullable Thread owner;
        private volatile @Nullable TaskGroup outer;
        private volatile @Nullable Task<?> holding;
        private volatile @Nullable TaskGroup group;
        private volatile boolean moved;
        private volatile boolean over;
        private volatile boolean holderIsDone;
        private boolean holderLeftFlag;
        private @Nullable Task<?> failing;
        private @Nullable Task<?> slow;
        private volatile boolean failingInline;
        private volatile boolean slowInline;
        private boolean bodySaw;
        private boolean toldBefore;
        private @Nullable Throwable thrown;
        private boolean flag;
        private volatile @Nullable AssertionError complaint;

        void play() throws Exception {
            threads.begin(this);
            TaskGroupOptions options = TaskGroupOptions.named("outer").withPolicy(JoinPolicy.noFailures());
            boolean left;
            switch (frame) {
                case NONE -> {
                    inside();
                    left = Thread.interrupted();
                }
                case BODY -> {
                    groups.run(options, around -> {
                        outer = around;
                        inside();
                    });
                    left = Thread.interrupted();
                }
                default -> {
                    groups.run(options, around -> {
                        outer = around;
                        Task<Void> task = around.fork("holder", this::hold);
                        for (int i = 0; task.state() == TaskState.PENDING; i++) {
                            RaceThreads.relax(i);
                        }
                    });
                    for (int i = 0; !holderIsDone; i++) {
                        RaceThreads.relax(i);
                    }
                    left = holderLeftFlag;
                    check(!Thread.interrupted(), "an interrupt reached the body around");
                }
            }
            checkLeft(left);
        }

        private void hold() {
            holding = Task.current().orElseThrow();
            holder = Thread.currentThread();
            inside();
        }

        void holderLeft(boolean left) {
            holder = null;
            holderLeftFlag = left;
            holderIsDone = true;
        }

        private void inside() {
            owner = Thread.currentThread();
            arm();
            go = early;
            TaskGroupOptions options = TaskGroupOptions.named("group");
            if (happens(Event.DEADLINE_PASSES)) {
                options = options.withTimeout(Duration.ofNanos(1 + random.nextInt(200_000)), oneOf(OnTimeout.values()));
            }
            try {
                groups.run(options, this::body);
            } catch (Throwable t) {
                thrown = t;
            }
            over = true;
            moved = true;
            go = true;
            threads.awaitShots();
            flag = Thread.currentThread().isInterrupted();
            checkInside();
            if (takesFlag && frame != Frame.NONE) {
                Thread.interrupted();
            }
        }

        private void arm() {
            if (happens(Event.OUTER_IS_CANCELLED)) {
                arm(0, () -> {
                    Task<?> task = holding;
                    TaskGroup around = outer;
                    if (task != null && byTask) {
                        task.cancel();
                    } else if (around != null) {
                        around.cancel();
                    }
                });
            }
            if (happens(Event.GROUP_IS_CANCELLED)) {
                arm(1, () -> {
                    for (int i = 0; group == null && !over; i++) {
                        RaceThreads.relax(i);
                    }
                    TaskGroup target = group;
                    if (target != null) {
                        target.cancel();
                    }
                });
            }
            if (happens(Event.FOREIGN_INTERRUPT)) {
                Thread target = Thread.currentThread();
                arm(2, () -> {
                    for (int i = 0; isForeignLate() && !moved; i++) {
                        RaceThreads.relax(i);
                    }
                    target.interrupt();
                });
            }
        }

        private void arm(int striker, Runnable action) {
            threads.arm(striker, new Shot(this, random.nextInt(mostDelay), action));
        }

        /** Late means: when the body has come back from its wait, which something else must then end. */
        private boolean isForeignLate() {
            return foreignLate
                    && (happens(Event.OUTER_IS_CANCELLED)
                            || happens(Event.GROUP_IS_CANCELLED)
                            || happens(Event.DEADLINE_PASSES));
        }

        private void body(TaskGroup inner) throws InterruptedException {
            group = inner;
            try {
                if (happens(Event.TASK_FAILS)) {
                    failing = inner.fork("failing", this::fail);
                }
                if (hasSlow) {
                    slow = inner.fork("slow", this::crawl);
                }
                go = true;
                RaceThreads.spin(bodyDelay);
                move(inner);
            } finally {
                StopRequest request = ((OwnedGroup) inner).body().request();
                toldBefore = request != null && request.delivery == Delivery.TOLD;
                go = true;
                moved = true;
            }
        }

        private void move(TaskGroup inner) throws InterruptedException {
            Task<?> awaited = slow;
            if (move == Move.BLOCK) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    bodySaw = true;
                    throw e;
                }
            } else if (move == Move.AWAIT && awaited != null) {
                awaited.await();
            } else if (move == Move.JOIN) {
                inner.join();
            }
        }

        private void fail() {
            failingInline = Thread.currentThread() == owner;
            for (int i = 0; !go; i++) {
                RaceThreads.relax(i);
            }
            RaceThreads.spin(failDelay);
            throw boom;
        }

        private void crawl() throws InterruptedException {
            slowInline = Thread.currentThread() == owner;
            never.await();
        }

        // ---- what must hold

        private void checkInside() {
            check(isEnded(failing) && isEnded(slow), "a task has not ended");
            TaskGroup inner = group;
            check(inner == null || inner.liveTasks() == 0, "a task lives");
            checkFailures();
            boolean foreign = happens(Event.FOREIGN_INTERRUPT);
            boolean outerIsCancelled = happens(Event.OUTER_IS_CANCELLED);
            boolean tells = thrown instanceof InterruptedException;
            if (!foreign) {
                check(outerIsCancelled || !tells, "an interrupt of ours came out as theirs");
                check(flag == (outerIsCancelled && !tells), "the flag does not say what the one around is owed");
            } else {
                check(!outerIsCancelled || tells || flag, "the cancellation of the one around is lost");
                check(flag || tells || bodySaw || mayBeTakenForOurs(), "a foreign interrupt is lost");
            }
        }

        private boolean isEnded(@Nullable Task<?> task) {
            return task == null || task.state().isTerminal();
        }

        private void checkFailures() {
            boolean failed = failing != null && failing.state() == TaskState.FAILED;
            if (thrown instanceof TaskGroupException together) {
                int listed = (int) together.failures().stream()
                        .filter(failure -> failure.exception() == boom)
                        .count();
                check(listed == (failed ? 1 : 0), "the failure is listed " + listed + " times");
                check(together.failures().size() == listed, "listed is what did not fail");
                check(together.getSuppressed().length == 0, "suppressed is what did not fail");
                check(failed || together instanceof TaskGroupTimeoutException, "nothing failed");
            } else {
                check(!failed, "the failure is lost");
                check(thrown == null || thrown instanceof InterruptedException, "unexpected");
            }
        }

        /** Rule 3: if both came while the body, or a task that the owner ran itself, was being woken. */
        private boolean mayBeTakenForOurs() {
            if (failingInline && hasReached(failing) || slowInline && hasReached(slow)) {
                return true;
            }
            TaskGroup inner = group;
            StopRequest request =
                    inner == null ? null : ((OwnedGroup) inner).body().request();
            if (request == null) {
                return false;
            }
            boolean wasTold = isForeignLate() && toldBefore;
            return request.delivery == Delivery.DELIVERED || request.delivery == Delivery.TOLD && !wasTold;
        }

        private boolean hasReached(@Nullable Task<?> task) {
            StopRequest request = task == null ? null : ((ForkedTask<?>) task).request();
            return request != null && request.hasReached();
        }

        /**
         * The thread goes back to who lent it: with the flag if a foreign interrupt was seen by nobody, else without. With
         * both, the flag is theirs if it came first.
         */
        private void checkLeft(boolean left) {
            boolean outerIsCancelled = happens(Event.OUTER_IS_CANCELLED);
            boolean isUnclear = outerIsCancelled && happens(Event.FOREIGN_INTERRUPT) && flag && !takesFlag;
            boolean expected = flag && (frame == Frame.NONE || !takesFlag && !outerIsCancelled);
            check(isUnclear || left == expected, "the flag that is left is " + left);
        }

        /** Complains later: what is thrown inside of a cancelled group may be taken for its echo. */
        private void check(boolean holds, @Nullable String otherwise) {
            if (!holds && complaint == null) {
                complaint = new AssertionError(otherwise + ": " + this, thrown);
            }
        }

        @Override
        public String toString() {
            TaskGroup inner = group;
            StopRequest request =
                    inner == null ? null : ((OwnedGroup) inner).body().request();
            return "round " + rounds + " of " + events + ", early " + early + ", frame " + frame + ", move " + move
                    + ", slow " + slow + (slowInline ? " inline" : "") + ", failing " + failing
                    + (failingInline ? " inline" : "") + ", takes flag " + takesFlag + ", foreign late "
                    + isForeignLate() + ", told before " + toldBefore + ", body saw " + bodySaw + ", flag " + flag
                    + ", thrown " + thrown + ", delivery " + (request == null ? null : request.delivery)
                    + ", cancelled "
                    + (inner == null ? null : inner.cancelReason());
        }
    }
}
