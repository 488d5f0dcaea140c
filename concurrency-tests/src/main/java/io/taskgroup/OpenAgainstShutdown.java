package io.taskgroup;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A group is opened while its factory is shut down.
 *
 * <pre>
 * opener                       | closer
 * -----------------------------+-------------------------
 * opens a group, or is refused | closes the factory
 * runs the body                | goes on
 * </pre>
 */
@JCStressTest
@Outcome(id = "refused", expect = ACCEPTABLE, desc = "The factory was closed before.")
@Outcome(id = "ran", expect = ACCEPTABLE, desc = "The group was there before, and whoever closed waited for it.")
@Outcome(expect = FORBIDDEN, desc = "The body ran when the factory was closed.")
@State
public class OpenAgainstShutdown {
    private final TaskGroupFactory groups =
            TaskGroupFactory.builder().executor(Runnable::run).build();
    private volatile boolean closed;

    @Actor
    public void opener(L_Result result) {
        result.r1 = "refused";
        Uninterrupted.run(() -> {
            try {
                groups.run("race", group -> {
                    Moment.upTo(1_000);
                    result.r1 = closed ? "ran too late" : "ran";
                });
            } catch (TaskGroupCancelledException stopped) {
                // by the shutdown: the body has said what it saw
            } catch (IllegalStateException refused) {
                // before the body
            }
        });
    }

    @Actor
    public void closer() {
        groups.close();
        closed = true;
    }
}
