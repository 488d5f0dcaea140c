package io.taskgroup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything that failed in one group: Python's {@code ExceptionGroup}. It is thrown always, also for one failure. The
 * cause is the first failure, the others are suppressed, each once.
 *
 * <p>A failure may itself be a {@code TaskGroupException}, of a group inside the task. The methods that search and
 * select walk into those; the leaves are all other failures.
 *
 * @see <a href="https://peps.python.org/pep-0654/">PEP 654</a>
 */
public class TaskGroupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The group that failed. */
    private final String groupName;
    /** What failed, in order. */
    private final TaskFailure[] failures;

    /**
     * Creates the exception. The library does that; the constructor is for tests of code that handles it.
     *
     * @param groupName the group that failed
     * @param failures what failed, in the order it happened; may be empty
     */
    public TaskGroupException(String groupName, List<TaskFailure> failures) {
        this(groupName, failures, message(groupName, failures));
    }

    @SuppressWarnings("this-escape") // addSuppressed is final, and knows nothing of subclasses
    TaskGroupException(String groupName, List<TaskFailure> failures, String message) {
        super(message, failures.isEmpty() ? null : failures.get(0).exception());
        this.groupName = Objects.requireNonNull(groupName, "groupName");
        this.failures = failures.toArray(TaskFailure[]::new);
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (TaskFailure failure : failures) {
            if (seen.add(failure.exception()) && failure.exception() != getCause()) {
                addSuppressed(failure.exception());
            }
        }
    }

    private static String message(String groupName, List<TaskFailure> failures) {
        if (failures.isEmpty()) {
            return "Group '" + groupName + "' did not reach what its policy asks for, though no task failed";
        }
        return "Group '" + groupName + "' failed: " + listing(failures);
    }

    static String listing(List<TaskFailure> given) {
        List<TaskFailure> failures = Arguments.elements(given, "failures");
        StringBuilder text = new StringBuilder();
        text.append(failures.size()).append(failures.size() == 1 ? " failure (" : " failures (");
        for (int i = 0; i < failures.size(); i++) {
            TaskFailure failure = failures.get(i);
            text.append(i == 0 ? "" : ", ")
                    .append('\'')
                    .append(failure.taskName())
                    .append("': ");
            text.append(ThrowableText.of(failure.exception()));
        }
        return text.append(')').toString();
    }

    /**
     * Returns the name of the group that failed.
     *
     * @return the name
     */
    public String groupName() {
        return groupName;
    }

    /**
     * Returns what failed, in the order it happened.
     *
     * @return the failures; empty only after a timeout, or when a quorum was missed though no task failed
     */
    public List<TaskFailure> failures() {
        return List.of(failures);
    }

    /**
     * Returns the first leaf of a type. A group that has no failures, as one that timed out may be, is a leaf.
     *
     * @param <X> the type
     * @param type the type; subtypes count
     * @return the first such throwable in the order of {@link #failures()}, groups inside groups searched
     */
    public <X extends Throwable> Optional<X> find(Class<X> type) {
        Objects.requireNonNull(type, "type");
        List<X> found = leaves(type);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    private <X extends Throwable> List<X> leaves(Class<X> type) {
        if (isLeaf()) {
            return type.isInstance(this) ? List.of(type.cast(this)) : List.of();
        }
        List<X> found = new ArrayList<>();
        for (TaskFailure failure : failures) {
            if (failure.exception() instanceof TaskGroupException nested) {
                found.addAll(nested.leaves(type));
            } else if (type.isInstance(failure.exception())) {
                found.add(type.cast(failure.exception()));
            }
        }
        return found;
    }

    private boolean isLeaf() {
        return failures.length == 0;
    }

    /**
     * Returns the part of this exception whose leaves match a condition, nesting kept. As in PEP 654 the condition is
     * asked about groups too: a group that matches is taken whole.
     *
     * @param condition asked about this exception, then about what is in it
     * @return the part; this exception itself if all of it matches; empty if nothing does
     */
    public Optional<TaskGroupException> subgroup(Predicate<? super Throwable> condition) {
        return split(condition).matched();
    }

    /**
     * Parts this exception in two: the leaves that match a condition and the rest, nesting kept. What is left of a timeout
     * whose failures all match is the timeout without failures.
     *
     * @param condition asked about this exception, then about what is in it
     * @return both parts
     */
    public Split split(Predicate<? super Throwable> condition) {
        Objects.requireNonNull(condition, "condition");
        if (condition.test(this)) {
            return new Split(Optional.of(this), Optional.empty());
        }
        List<TaskFailure> matched = new ArrayList<>();
        List<TaskFailure> rest = new ArrayList<>();
        for (TaskFailure failure : failures) {
            if (failure.exception() instanceof TaskGroupException nested) {
                Split inner = nested.split(condition);
                inner.matched().ifPresent(part -> matched.add(new TaskFailure(failure.taskName(), part)));
                inner.rest().ifPresent(part -> rest.add(new TaskFailure(failure.taskName(), part)));
            } else {
                (condition.test(failure.exception()) ? matched : rest).add(failure);
            }
        }
        if (matched.isEmpty()) {
            return new Split(Optional.empty(), Optional.of(this));
        }
        if (rest.isEmpty() && !saysMoreThanItsFailures()) {
            return new Split(Optional.of(this), Optional.empty());
        }
        return new Split(Optional.of(derive(matched)), Optional.of(derive(rest)));
    }

    /** Returns an exception of the same kind and stack trace for a part of the failures: PEP 654's {@code derive}. */
    private TaskGroupException derive(List<TaskFailure> part) {
        TaskGroupException derived = with(part);
        derived.setStackTrace(getStackTrace());
        return derived;
    }

    /** Whether this is news also without a failure, as a timeout is. */
    boolean saysMoreThanItsFailures() {
        return false;
    }

    TaskGroupException with(List<TaskFailure> part) {
        return new TaskGroupException(groupName, part);
    }

    /**
     * Handles the leaves of a type: Python's {@code except*}. The handler runs at once, and only if there are any. If it
     * throws, what is left is suppressed in that.
     *
     * @param <X> the type
     * @param type the type; subtypes count
     * @param handler gets all leaves of that type, in order
     * @return what is left, to be handled further or thrown
     */
    public <X extends Throwable> Handling handle(Class<X> type, Consumer<? super List<X>> handler) {
        return new Handling(this).handle(type, handler);
    }

    /**
     * Returns the failures as text: one line a failure, groups inside groups indented.
     *
     * @return the lines
     */
    public String toTree() {
        StringBuilder text = new StringBuilder();
        text.append(OneLine.of(groupName)).append(": ").append(getClass().getSimpleName());
        appendTree(text, "  ");
        return text.toString();
    }

    private void appendTree(StringBuilder text, String indent) {
        for (TaskFailure failure : failures) {
            text.append('\n')
                    .append(indent)
                    .append(OneLine.of(failure.taskName()))
                    .append(": ");
            if (failure.exception() instanceof TaskGroupException nested) {
                text.append(OneLine.of(nested.groupName))
                        .append(": ")
                        .append(nested.getClass().getSimpleName());
                nested.appendTree(text, indent + "  ");
            } else {
                text.append(OneLine.of(ThrowableText.of(failure.exception())));
            }
        }
    }

    /**
     * The two parts of a {@link #split}.
     *
     * @param matched what matched
     * @param rest what did not
     */
    public record Split(Optional<TaskGroupException> matched, Optional<TaskGroupException> rest) {
        /**
         * Creates the parts.
         *
         * @param matched what matched
         * @param rest what did not
         */
        public Split {
            Objects.requireNonNull(matched, "matched");
            Objects.requireNonNull(rest, "rest");
        }
    }

    /** What is left of an exception while its leaves are handled type by type. */
    public static final class Handling {
        private final @Nullable TaskGroupException rest;

        private Handling(@Nullable TaskGroupException rest) {
            this.rest = rest;
        }

        /**
         * Handles the leaves of a type among those that are left. If the handler throws, what is left is suppressed in that.
         *
         * @param <X> the type
         * @param type the type; subtypes count
         * @param handler gets all leaves of that type, in order; not called if there are none
         * @return what is left then
         */
        public <X extends Throwable> Handling handle(Class<X> type, Consumer<? super List<X>> handler) {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(handler, "handler");
            if (rest == null) {
                return this;
            }
            List<X> handled = rest.leaves(type);
            if (handled.isEmpty()) {
                return this;
            }
            Optional<TaskGroupException> left = rest.split(thrown -> isLeaf(thrown) && type.isInstance(thrown))
                    .rest();
            try {
                handler.accept(handled);
            } catch (Throwable broken) {
                left.ifPresent(unhandled -> Suppression.add(broken, unhandled));
                throw broken;
            }
            return new Handling(left.orElse(null));
        }

        private static boolean isLeaf(Throwable thrown) {
            return !(thrown instanceof TaskGroupException group) || group.isLeaf();
        }

        /**
         * Throws what nobody handled; does nothing if everything was handled.
         *
         * @throws TaskGroupException the rest
         */
        public void orElseThrow() {
            if (rest != null) {
                throw rest;
            }
        }
    }
}
