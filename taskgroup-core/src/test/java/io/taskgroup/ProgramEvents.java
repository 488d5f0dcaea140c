package io.taskgroup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Records what observers are told of each group, and looks at whether it is a whole story: rule 12. */
final class ProgramEvents implements TaskGroupObserver {
    private enum Kind {
        OPENED,
        FORKED,
        STARTED,
        CANCELLED,
        ASKED,
        ENDED,
        CLOSED
    }

    private record Event(
            Kind kind, @Nullable Task<?> task, @Nullable String context) {
        @Override
        public String toString() {
            return kind + (task == null ? "" : " " + task.name());
        }
    }

    private final ProgramRun run;
    private final Map<TaskGroup, List<Event>> stories = new ConcurrentHashMap<>();
    private final Map<TaskGroup, Integer> lengths = new ConcurrentHashMap<>();
    private final Map<TaskGroup, GroupOutcome> outcomes = new ConcurrentHashMap<>();

    ProgramEvents(ProgramRun run) {
        this.run = run;
    }

    private void add(TaskGroup group, Kind kind, @Nullable Task<?> task) {
        stories.computeIfAbsent(group, unknown -> Collections.synchronizedList(new ArrayList<>()))
                .add(new Event(kind, task, run.context().current()));
    }

    /** The caller of the group goes on: whatever is told from now on comes too late. */
    void ended(TaskGroup group) {
        lengths.put(group, stories.getOrDefault(group, List.of()).size());
    }

    // ---- what must hold in the end

    void check(GroupTrace trace) {
        List<Event> story = stories.getOrDefault(trace.group(), List.of());
        String text = " in the story of " + trace.name() + ": " + story;
        run.expect(story.size() == lengths.get(trace.group()), () -> "events after the end" + text);
        run.expect(
                first(story) == Kind.OPENED && last(story) == Kind.CLOSED,
                () -> "not opened first, closed last" + text);
        run.expect(
                times(story, Kind.OPENED) == 1 && times(story, Kind.CLOSED) == 1,
                () -> "opened or closed twice" + text);
        run.expect(
                times(story, Kind.CANCELLED) == (trace.group().isCancelled() ? 1 : 0),
                () -> "the cancel is not told once" + text);
        Map<Task<?>, List<Event>> ofTasks =
                story.stream().filter(event -> event.task != null).collect(Collectors.groupingBy(Event::task));
        Map<Task<?>, TaskTrace> traces =
                trace.tasks().stream().collect(Collectors.toMap(TaskTrace::task, Function.identity()));
        run.expect(ofTasks.keySet().containsAll(traces.keySet()), () -> "a task is missing" + text);
        ofTasks.forEach((task, events) -> check(task, traces.get(task), events));
        if (trace.isBlock()) { // else the group does not know what its body threw
            checkOutcome(trace, outcomes.get(trace.group()));
        }
    }

    /** One that fork did not return was rejected: it was forked and ended. */
    private void check(Task<?> task, @Nullable TaskTrace trace, List<Event> events) {
        Set<Kind> kinds = events.stream().map(Event::kind).collect(Collectors.toSet());
        String text = " of " + task.name() + ": " + events;
        run.expect(kinds.size() == events.size(), () -> "an event came twice" + text);
        run.expect(
                first(events) == Kind.FORKED && last(events) == Kind.ENDED,
                () -> "not forked first, ended last" + text);
        run.expect(
                events.stream()
                        .map(Event::kind)
                        .sorted()
                        .toList()
                        .equals(events.stream().map(Event::kind).toList()),
                () -> "not in order" + text);
        run.expect(kinds.contains(Kind.STARTED) == (trace != null && trace.hasRun()), () -> "the start" + text);
        run.expect(trace == null || kinds.contains(Kind.ASKED) == task.isCancelRequested(), () -> "the request" + text);
        if (trace != null && trace.hasRun()) {
            String forker = events.get(0).context;
            events.stream()
                    .filter(event -> event.kind == Kind.STARTED || event.kind == Kind.ENDED)
                    .forEach(event -> run.expect(
                            run.isCarriedAs(forker, event.context),
                            () -> "told in the context of " + event.context + text));
        }
    }

    private void checkOutcome(GroupTrace trace, GroupOutcome outcome) {
        Throwable thrown = trace.thrown();
        String text = " of " + trace.name() + ", which threw " + thrown;
        if (thrown == null) {
            run.expect(outcome != GroupOutcome.FAILED && outcome != GroupOutcome.INTERRUPTED, () -> outcome + text);
        } else if (thrown instanceof TaskGroupTimeoutException late
                && late.groupName().equals(trace.name())) {
            run.expect(outcome == GroupOutcome.TIMED_OUT, () -> outcome + text);
        } else if (thrown instanceof TaskGroupException) {
            run.expect(outcome == GroupOutcome.FAILED, () -> outcome + text);
        }
    }

    private static Kind first(List<Event> events) {
        return events.isEmpty() ? null : events.get(0).kind;
    }

    private static Kind last(List<Event> events) {
        return events.isEmpty() ? null : events.get(events.size() - 1).kind;
    }

    private static long times(List<Event> story, Kind kind) {
        return story.stream().filter(event -> event.kind == kind).count();
    }

    // ---- what is told

    @Override
    public void groupOpened(TaskGroup group) {
        add(group, Kind.OPENED, null);
    }

    @Override
    public void groupCancelled(TaskGroup group, CancelReason reason) {
        add(group, Kind.CANCELLED, null);
    }

    @Override
    public void groupClosed(TaskGroup group, GroupOutcome outcome, Duration elapsed) {
        outcomes.put(group, outcome);
        add(group, Kind.CLOSED, null);
    }

    @Override
    public void taskForked(Task<?> task) {
        add(task.group(), Kind.FORKED, task);
    }

    @Override
    public void taskStarted(Task<?> task, Duration waited) {
        add(task.group(), Kind.STARTED, task);
    }

    @Override
    public void taskCancelRequested(Task<?> task, CancelReason reason) {
        add(task.group(), Kind.ASKED, task);
    }

    @Override
    public void taskEnded(Task<?> task, Duration ran) {
        add(task.group(), Kind.ENDED, task);
    }
}
