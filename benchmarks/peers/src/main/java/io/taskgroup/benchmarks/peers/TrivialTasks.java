package io.taskgroup.benchmarks.peers;

/** W1: tasks that do next to nothing, so that what is measured is the group. */
public class TrivialTasks extends FanOut {
    @Override
    Integer task(int index) {
        return index & 127; // small enough to be boxed without a new object
    }
}
