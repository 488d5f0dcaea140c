package io.taskgroup;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A policy as a user writes it, which decides as another one does and looks at how it is asked. */
final class AuditedPolicy implements JoinPolicy {
    private final ProgramRun run;
    private final JoinPolicy decides;
    private final AtomicInteger asking = new AtomicInteger();
    private final Set<Task<?>> asked = Collections.newSetFromMap(new IdentityHashMap<>()); // one at a time: no lock
    private int ended;

    AuditedPolicy(ProgramRun run, JoinPolicy decides) {
        this.run = run;
        this.decides = decides;
    }

    @Override
    public boolean cancelsRest(Task<?> task, TaskCounts soFar) {
        run.expect(asking.incrementAndGet() == 1, () -> "the policy is asked by two at once");
        run.expect(asked.add(task), () -> "the policy is asked twice about " + task);
        run.expect(task.state().isTerminal(), () -> "the policy is asked about " + task + ", which has not ended");
        ended++;
        run.expect(
                ended(soFar) == ended && ended <= soFar.forked(),
                () -> "the policy is asked with " + soFar + " about the task that ended as number " + ended);
        boolean cancels = decides.cancelsRest(task, soFar);
        asking.decrementAndGet();
        return cancels;
    }

    @Override
    public boolean isSuccess(TaskCounts atJoin) {
        run.expect(ended(atJoin) == atJoin.forked(), () -> "the policy is asked at the end with " + atJoin);
        return decides.isSuccess(atJoin);
    }

    private static int ended(TaskCounts counts) {
        return counts.succeeded() + counts.failed() + counts.cancelled();
    }

    void check(Collection<? extends Task<?>> all) {
        run.expect(
                asked.size() == all.size() && asked.containsAll(all),
                () -> "the policy was asked about " + asked + " of " + all);
    }
}
