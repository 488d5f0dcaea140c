package io.taskgroup;

import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Carries who forked a task into the task, and looks at whether everything that was captured was used or let go. */
final class ProgramContext implements ContextCarrier {
    private final ProgramRun run;
    private final boolean isCarried;
    private final ThreadLocal<String> current = new ThreadLocal<>();
    private final Collection<Carried> all = new ConcurrentLinkedQueue<>();

    ProgramContext(ProgramRun run, boolean isCarried) {
        this.run = run;
        this.isCarried = isCarried;
    }

    @Nullable
    String current() {
        return current.get();
    }

    /** The calling thread now does what this one does. */
    void enter(String name) {
        current.set(name);
    }

    void leave() {
        current.remove();
    }

    void expect(String name, String when) {
        String found = current.get();
        run.expect(!isCarried || name.equals(found), () -> "the context of " + name + " is " + found + " " + when);
    }

    @Override
    public Captured capture() {
        Carried captured = new Carried(current.get());
        all.add(captured);
        return captured;
    }

    /** Rule 2: what was captured was entered, or let go once. */
    void check(int forked) {
        all.forEach(Carried::check);
        long entered = all.stream().filter(one -> one.entered.get() > 0).count();
        run.expect(!isCarried || entered <= forked, () -> entered + " contexts for " + forked + " tasks");
    }

    private final class Carried implements Captured {
        private final @Nullable String forker;
        private final AtomicInteger entered = new AtomicInteger();
        private final AtomicInteger within = new AtomicInteger();
        private final AtomicInteger discarded = new AtomicInteger();

        Carried(@Nullable String forker) {
            this.forker = forker;
        }

        @Override
        public <T> T call(Callable<T> task) throws Exception {
            String before = current.get();
            entered.incrementAndGet();
            within.incrementAndGet();
            current.set(forker);
            try {
                return task.call();
            } finally {
                current.set(before);
                within.decrementAndGet();
            }
        }

        @Override
        public void discard() {
            discarded.incrementAndGet();
        }

        private void check() {
            run.expect(within.get() == 0, () -> "somebody is still in a context of " + forker);
            run.expect(
                    (entered.get() == 0) == (discarded.get() == 1),
                    () -> "a context of " + forker + " was entered " + entered + " times, discarded " + discarded);
        }
    }
}
