package io.taskgroup;

import java.util.List;

/**
 * What all groups of a factory share.
 *
 * @param threads where tasks run
 * @param carriers what is carried into tasks
 * @param observers who is told
 * @param openGroups the groups that are open
 * @param stragglers who looks after tasks that were asked to stop
 */
record Engine(
        Threads threads,
        List<ContextCarrier> carriers,
        Observers observers,
        OpenGroups openGroups,
        StragglerWatch stragglers) {}
