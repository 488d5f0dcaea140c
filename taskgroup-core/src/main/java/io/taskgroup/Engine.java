package io.taskgroup;

import java.util.List;
import java.util.OptionalInt;

/**
 * What all groups of a factory share.
 *
 * @param threads where tasks run
 * @param dispatcher finds tasks a thread for the groups that need none of their own
 * @param carriers what is carried into tasks
 * @param observers who is told
 * @param openGroups the groups that are open
 * @param stragglers who looks after tasks that were asked to stop
 */
record Engine(
        Threads threads,
        Dispatcher dispatcher,
        List<ContextCarrier> carriers,
        Observers observers,
        OpenGroups openGroups,
        StragglerWatch stragglers) {

    /** Returns who finds the tasks of one group a thread. */
    Dispatcher dispatcher(OptionalInt limit, Ledger ledger) {
        return threads.arePlenty() && limit.isEmpty() ? dispatcher : Dispatcher.of(threads, limit, ledger.backlog());
    }
}
