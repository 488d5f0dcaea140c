package io.taskgroup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that a caller can find in what was thrown: causes, what was suppressed, and what groups list. */
final class Told {
    private final Set<Throwable> found = identitySet();
    private final @Nullable Throwable thrown;
    private boolean cyclic;

    Told(@Nullable Throwable thrown, Collection<Throwable> others) {
        this.thrown = thrown;
        Set<Throwable> path = identitySet();
        if (thrown != null) {
            walk(thrown, path);
        }
        others.forEach(other -> walk(other, path));
    }

    private void walk(Throwable thrown, Set<Throwable> path) {
        if (!path.add(thrown)) {
            cyclic = true;
            return;
        }
        if (found.add(thrown)) {
            next(thrown).forEach(next -> walk(next, path));
        }
        path.remove(thrown);
    }

    private static List<Throwable> next(Throwable thrown) {
        List<Throwable> next = new ArrayList<>(List.of(thrown.getSuppressed()));
        if (thrown.getCause() != null) {
            next.add(thrown.getCause());
        }
        if (thrown instanceof TaskGroupException group) {
            group.failures().forEach(failure -> next.add(failure.exception()));
        }
        return next;
    }

    boolean has(Throwable thrown) {
        return found.contains(thrown);
    }

    /**
     * Whether this is found. Nothing can be suppressed in its own cause, so of what has the thrown exception itself inside,
     * or a fatal error that came out of closing, only the rest need be found.
     */
    boolean tells(Throwable failure) {
        if (has(failure)) {
            return true;
        }
        return reachesThrown(failure)
                && new Told(failure, List.of())
                        .thrownByProgram().stream().allMatch(one -> has(one) || reachesThrown(one));
    }

    private boolean reachesThrown(Throwable failure) {
        return new Told(failure, List.of())
                .found.stream().anyMatch(one -> one == thrown || one instanceof VirtualMachineError && has(one));
    }

    boolean isCyclic() {
        return cyclic;
    }

    /** Returns what {@link ProgramStep.Failure}s have thrown, but those that only say that something was stopped. */
    Set<Throwable> thrownByProgram() {
        return found.stream()
                .filter(one -> String.valueOf(one.getMessage()).startsWith("thrown by "))
                .filter(one -> !Echo.isCancellation(one))
                .collect(Collectors.toCollection(Told::identitySet));
    }

    /** Returns the reports of a group. */
    List<TaskGroupException> reports(String group) {
        return found.stream()
                .filter(TaskGroupException.class::isInstance)
                .map(TaskGroupException.class::cast)
                .filter(one -> one.groupName().equals(group))
                .toList();
    }

    private static Set<Throwable> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
