package io.taskgroup.demo.tutorial;

import io.taskgroup.GroupOutcome;
import io.taskgroup.TaskState;
import java.util.List;
import java.util.Map;

/**
 * What happened in one run of an example.
 *
 * @param outcome how the group ended
 * @param tasks how each task ended, in that order
 * @param results what the tasks returned, in that order
 * @param log what happened when
 */
record TutorialRun(GroupOutcome outcome, Map<String, TaskState> tasks, List<Integer> results, List<Event> log) {
    /** Something that a task, or the caller who opened the group, did so long after the start. */
    record Event(long millis, String who, String what) {}
}
