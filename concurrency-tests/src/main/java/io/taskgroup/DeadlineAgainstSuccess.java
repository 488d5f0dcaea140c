package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * The deadline of a group passes while its body returns a value.
 *
 * <pre>
 * timer, whom another thread sets         | owner
 * ----------------------------------------+----------------------------
 * reschedule: the deadline passes at once | works for a moment
 *                                         | returns a value
 *                                         | ends the group
 *                                         | looks at its interrupt flag
 * </pre>
 */
@JCStressTest
@Outcome(
        id = "moved, value of a group that goes on, clean",
        expect = ACCEPTABLE,
        desc = "Success came first, and the deadline does nothing.")
@Outcome(id = "too late, value of a group that goes on, clean", expect = ACCEPTABLE, desc = "The group was over.")
@Outcome(id = "moved, timeout of a group that timed out, clean", expect = ACCEPTABLE, desc = "The deadline came first.")
@Outcome(expect = FORBIDDEN, desc = "The caller and the group do not agree on what happened, or our interrupt is left.")
@State
public class DeadlineAgainstSuccess {
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().executor(Runnable::run).build();
    private final TaskGroupOptions options = TaskGroupOptions.named("race").withTimeout(Duration.ofHours(1));
    private final Handover<TaskGroup> opened = new Handover<>();

    @Actor
    public void timer(LLL_Result result) {
        try {
            opened.take().reschedule(Duration.ofNanos(1));
            result.r1 = "moved";
        } catch (IllegalStateException e) {
            result.r1 = "too late";
        }
    }

    @Actor
    public void owner(LLL_Result result) {
        Uninterrupted.run(() -> {
            String end;
            try {
                end = groups.call(options, group -> {
                    opened.give(group);
                    Moment.upTo(150_000); // about as long as a timer needs to wake
                    return "value";
                });
            } catch (TaskGroupTimeoutException e) {
                end = "timeout";
            }
            boolean timedOut = opened.take().cancelReason().isPresent();
            result.r2 = end + (timedOut ? " of a group that timed out" : " of a group that goes on");
            result.r3 = Thread.interrupted() ? "interrupted" : "clean";
        });
    }
}
