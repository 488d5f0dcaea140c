package io.taskgroup;

import java.util.concurrent.locks.LockSupport;

/** An owner's wait for everything in its group that is not settled. If threads are scarce, the owner runs tasks itself. */
final class JoinWait {
    private JoinWait() {}

    /**
     * Waits until every task has ended and all is told of it. An interrupt of the owner's thread cancels the group.
     *
     * @param close whether no task can be forked after that
     */
    static void await(OwnedGroup group, boolean close) {
        JoinLatch latch = group.latch();
        while (!latch.tryPass(close)) {
            ForkedTask<?> unstarted =
                    group.hasScarceThreads() ? group.dispatcher().nextToHelp() : null;
            if (unstarted != null) {
                unstarted.help();
            } else if (!Spin.until(latch::isZero)) {
                LockSupport.park(group);
            }
            if (Thread.interrupted()) {
                group.owner().interrupted();
            }
        }
    }
}
