package io.taskgroup.spring;

import io.taskgroup.GroupSnapshot;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskSnapshot;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The groups that are open, each with its tasks, for one line of the log. Those inside tasks follow the group around them:
 * they are often what the others wait for.
 */
record OpenGroupNames(List<String> names) {
    private static final int NAMED_AT_MOST = 20;

    /** A factory and another one that decorates it show the same groups: each is named once. */
    static OpenGroupNames of(Collection<TaskGroupFactory> factories) {
        Map<Long, GroupSnapshot> forest = new LinkedHashMap<>();
        factories.stream()
                .flatMap(factory -> factory.snapshot().stream())
                .forEach(group -> forest.putIfAbsent(group.id(), group));
        return new OpenGroupNames(
                forest.values().stream().flatMap(root -> names(root, "")).toList());
    }

    private static Stream<String> names(GroupSnapshot group, String where) {
        Stream<String> inside = group.tasks().stream()
                .flatMap(task -> task.groups().stream().flatMap(open -> names(open, " in task " + name(task))));
        return Stream.concat(Stream.of(name(group, where)), inside);
    }

    private static String name(GroupSnapshot group, String where) {
        List<String> tasks = group.tasks().stream().map(OpenGroupNames::name).toList();
        String its = tasks.isEmpty() ? " (no task)" : " (tasks " + list(tasks) + ")";
        return group.name() + " #" + group.id() + where + its;
    }

    private static String name(TaskSnapshot task) {
        return task.name() + " #" + task.id();
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    @Override
    public String toString() {
        return list(names);
    }

    private static String list(List<String> names) {
        String first = names.stream().limit(NAMED_AT_MOST).collect(Collectors.joining(", "));
        int more = names.size() - NAMED_AT_MOST;
        return more > 0 ? first + " and " + more + " more" : first;
    }
}
