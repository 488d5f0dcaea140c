package io.taskgroup;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/** Rule 5 for suppressed exceptions: each is there once, and no chain of them leads back. */
final class Suppression {
    private Suppression() {}

    /** Adds an exception to another once, and makes no cycle. */
    static void add(Throwable thrown, Throwable other) {
        boolean isThere = Arrays.stream(thrown.getSuppressed()).anyMatch(there -> there == other);
        if (!isThere) {
            besides(thrown, other).ifPresent(thrown::addSuppressed);
        }
    }

    /** Returns what another exception tells besides {@code thrown}: of a group's report, that part of it. */
    static Optional<? extends Throwable> besides(Throwable thrown, Throwable other) {
        if (!reaches(other, thrown, identitySet())) {
            return Optional.of(other);
        }
        if (!(other instanceof TaskGroupException report)) {
            return Optional.empty();
        }
        return report.subgroup(leaf -> !reaches(leaf, thrown, identitySet()))
                .map(part -> part == report ? report.with(report.failures()) : part) // without what is suppressed in it
                .filter(part -> !reaches(part, thrown, identitySet()))
                .map(part -> withSuppressed(part, report, thrown));
    }

    /** Adds to a part of a report what is suppressed in that beside its failures, as far as it does not lead back. */
    private static TaskGroupException withSuppressed(
            TaskGroupException part, TaskGroupException report, Throwable thrown) {
        Arrays.stream(report.getSuppressed())
                .filter(suppressed ->
                        report.failures().stream().noneMatch(failure -> failure.exception() == suppressed))
                .forEach(suppressed -> besides(thrown, suppressed).ifPresent(rest -> add(part, rest)));
        return part;
    }

    /** Whether {@code target} is among the causes and suppressed exceptions of {@code from}: no cycle is made of them. */
    private static boolean reaches(Throwable from, Throwable target, Set<Throwable> seen) {
        if (from == target) {
            return true;
        }
        if (!seen.add(from)) {
            return false;
        }
        if (from.getCause() != null && reaches(from.getCause(), target, seen)) {
            return true;
        }
        for (Throwable suppressed : from.getSuppressed()) {
            if (reaches(suppressed, target, seen)) {
                return true;
            }
        }
        return false;
    }

    private static Set<Throwable> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
