package io.taskgroup;

import java.util.List;
import java.util.Locale;

/**
 * A tree of groups and tasks, and what goes wrong in it. {@link ProgramGenerator} makes it of a seed, {@link ProgramRun}
 * runs it; its text is what a failing test prints.
 *
 * @param isObserved whether an observer listens
 * @param isCarried whether tasks get the context of their fork
 * @param outsiders what happens from threads that are not in any group
 */
record Program(long seed, boolean isObserved, boolean isCarried, GroupCode root, List<Outsider> outsiders) {
    /** How a group is opened. */
    enum Form {
        RUN,
        CALL,
        OPEN
    }

    /**
     * A group and its body.
     *
     * @param isAudited whether the policy is a user's own, which checks what it is asked
     */
    record GroupCode(Form form, TaskGroupOptions options, boolean isAudited, List<ProgramStep> body) {
        String name() {
            return options.name();
        }

        private String title() {
            return (form + " group " + name()
                            + options.timeout()
                                    .map(timeout ->
                                            ", timeout " + timeout.toNanos() / 1000 + " us " + options.onTimeout())
                                    .orElse("")
                            + (options.maxConcurrency().isPresent()
                                    ? ", limit " + options.maxConcurrency().getAsInt()
                                    : "")
                            + ", " + options.policy() + (isAudited ? " (audited), " : ", ") + options.cancelMode())
                    .toLowerCase(Locale.ROOT);
        }
    }

    record TaskCode(String name, List<ProgramStep> steps) {}

    record Outsider(int afterMicros, ProgramStep step) {}

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                "program " + seed + (isObserved ? ", observed" : "") + (isCarried ? ", with context" : "") + "\n");
        print(text, root, "  ");
        for (Outsider outsider : outsiders) {
            text.append("  from outside, after ").append(outsider.afterMicros).append(" us:\n");
            print(text, List.of(outsider.step), "    ");
        }
        return text.toString();
    }

    private static void print(StringBuilder text, GroupCode group, String indent) {
        text.append(indent).append(group.title()).append('\n');
        print(text, group.body, indent + "  ");
    }

    private static void print(StringBuilder text, List<ProgramStep> steps, String indent) {
        for (ProgramStep step : steps) {
            if (step instanceof ProgramStep.Open open) {
                print(text, open.group(), indent);
                continue;
            }
            text.append(indent).append(step.text()).append('\n');
            if (step instanceof ProgramStep.Fork fork) {
                print(text, fork.task().steps, indent + "  ");
                printCallback(text, fork.callback(), indent + "  ");
            } else if (step instanceof ProgramStep.Callback callback) {
                print(text, callback.steps(), indent + "  ");
            }
        }
    }

    private static void printCallback(StringBuilder text, List<ProgramStep> callback, String indent) {
        if (!callback.isEmpty()) {
            text.append(indent).append("on completion\n");
            print(text, callback, indent + "  ");
        }
    }
}
