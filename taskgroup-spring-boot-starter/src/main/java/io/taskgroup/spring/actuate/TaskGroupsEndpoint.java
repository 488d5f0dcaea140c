package io.taskgroup.spring.actuate;

import io.taskgroup.GroupSnapshot;
import io.taskgroup.TaskGroup;
import io.taskgroup.TaskGroupFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Shows the live groups of every factory of the application, and cancels one. What is read comes as JSON or as text, by
 * what the client accepts. To cancel, {@code management.endpoint.taskgroups.access} must be {@code unrestricted}.
 */
@WebEndpoint(id = "taskgroups", defaultAccess = Access.READ_ONLY)
final class TaskGroupsEndpoint {
    private static final String TEXT = "text/plain;charset=UTF-8";

    private final Iterable<TaskGroupFactory> factories;
    private final RecentGroups recent;
    private final StopReasons reasons;
    private final TaskGroupsEndpointProperties properties;

    TaskGroupsEndpoint(
            Iterable<TaskGroupFactory> factories,
            RecentGroups recent,
            StopReasons reasons,
            TaskGroupsEndpointProperties properties) {
        this.factories = factories;
        this.recent = recent;
        this.reasons = reasons;
        this.properties = properties;
    }

    /**
     * What {@code GET /actuator/taskgroups} answers.
     *
     * @param groups the live groups that are not inside a task
     * @param recent the groups that failed, timed out or were cancelled, the last first
     */
    record Groups(List<LiveGroup> groups, List<EndedGroup> recent) implements OperationResponseBody {}

    @ReadOperation
    Groups groups(SecurityContext caller) {
        Disclosure disclosure = disclosure(caller);
        LiveGroup.View view = new LiveGroup.View(reasons, disclosure, false);
        return new Groups(forest().map(group -> LiveGroup.of(group, view)).toList(), recent.lastFirst(disclosure));
    }

    @ReadOperation(produces = TEXT)
    String groupsAsText(SecurityContext caller) {
        Disclosure disclosure = disclosure(caller);
        return forest().map(disclosure::of).map(GroupSnapshot::toTree).collect(Collectors.joining("\n", "", "\n"));
    }

    /** Null is answered with 404. */
    @ReadOperation
    @Nullable
    LiveGroup group(@Selector long id, SecurityContext caller) {
        LiveGroup.View view = new LiveGroup.View(reasons, disclosure(caller), true);
        return find(id).map(group -> LiveGroup.of(group, view)).orElse(null);
    }

    @ReadOperation(produces = TEXT)
    @Nullable
    String groupAsText(@Selector long id, SecurityContext caller) {
        return find(id).map(disclosure(caller)::of)
                .map(group -> group.toTreeWithStacks() + "\n")
                .orElse(null);
    }

    @DeleteOperation
    WebEndpointResponse<Void> cancel(@Selector long id) {
        Optional<TaskGroup> group =
                factories().flatMap(factory -> factory.find(id).stream()).findFirst();
        group.ifPresent(open -> open.cancel("cancelled by an operator"));
        return new WebEndpointResponse<>(
                group.isPresent() ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
    }

    private Disclosure disclosure(SecurityContext caller) {
        return properties.showMessagesTo(caller) ? Disclosure.MESSAGES : Disclosure.NO_MESSAGES;
    }

    private Stream<TaskGroupFactory> factories() {
        return StreamSupport.stream(factories.spliterator(), false);
    }

    /** A factory and another one that decorates it show the same groups: each is in the forest once. */
    private Stream<GroupSnapshot> forest() {
        Map<Long, GroupSnapshot> byId = new LinkedHashMap<>();
        factories()
                .flatMap(factory -> factory.snapshot().stream())
                .forEach(group -> byId.putIfAbsent(group.id(), group));
        return byId.values().stream();
    }

    private Optional<GroupSnapshot> find(long id) {
        return forest().flatMap(TaskGroupsEndpoint::withGroupsInside)
                .filter(group -> group.id() == id)
                .findFirst();
    }

    private static Stream<GroupSnapshot> withGroupsInside(GroupSnapshot group) {
        return Stream.concat(
                Stream.of(group),
                group.tasks().stream()
                        .flatMap(task -> task.groups().stream())
                        .flatMap(TaskGroupsEndpoint::withGroupsInside));
    }
}
