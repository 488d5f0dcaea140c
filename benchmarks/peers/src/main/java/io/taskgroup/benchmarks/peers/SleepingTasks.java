package io.taskgroup.benchmarks.peers;

/** W2: tasks that sleep for a millisecond, as if they waited for a quick answer. */
public class SleepingTasks extends FanOut {
    @Override
    Integer task(int index) {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody stops this task", e);
        }
        return index & 127;
    }
}
