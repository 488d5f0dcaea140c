package io.taskgroup;

import io.taskgroup.Program.Form;
import io.taskgroup.Program.GroupCode;
import io.taskgroup.Program.Outsider;
import io.taskgroup.Program.TaskCode;
import io.taskgroup.ProgramStep.Failure;
import io.taskgroup.ProgramStep.Handling;
import io.taskgroup.ProgramStep.Manners;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Makes a program of a seed, always the same of the same.
 *
 * <p>No program deadlocks by itself: a task is awaited only by code that stands behind it, is not inside of it, and is a
 * member of its group.
 */
final class ProgramGenerator {
    private static final int MOST_DEPTH = 3;
    private static final int MOST_TASKS = 24;

    /** A group around the code that is being made, and its tasks that stand before. */
    private record Around(String name, Form form, List<String> tasks) {}

    private final long seed;
    private final Random random;
    private final int failures;
    private final int cancels;
    private final Deque<Around> around = new ArrayDeque<>();
    private final Deque<String> inside = new ArrayDeque<>();
    private final List<String> allGroups = new ArrayList<>();
    private final List<String> allTasks = new ArrayList<>();

    ProgramGenerator(long seed) {
        this.seed = seed;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.failures = oneOf(0, 3, 10);
        this.cancels = oneOf(0, 3, 10);
    }

    Program program() {
        boolean isObserved = percent(70);
        boolean isCarried = percent(70);
        GroupCode root = group();
        List<Outsider> outsiders = new ArrayList<>();
        for (int i = oneOf(0, 0, 1, 2); i > 0; i--) {
            outsiders.add(new Outsider(random.nextInt(400), outside()));
        }
        return new Program(seed, isObserved, isCarried, root, outsiders);
    }

    // ---- groups and tasks

    private GroupCode group() {
        String name = "g" + (allGroups.size() + 1);
        allGroups.add(name);
        Form form = oneOf(Form.values());
        around.push(new Around(name, form, new ArrayList<>()));
        List<ProgramStep> body = new ArrayList<>();
        for (int i = 1 + random.nextInt(7); i > 0; i--) {
            body.add(ofBody());
        }
        if (form == Form.OPEN && percent(85)) {
            body.add(new ProgramStep.Join(Handling.PASS_ON));
            if (percent(10)) {
                body.add(ofBody());
            }
        }
        around.pop();
        return new GroupCode(form, options(name), percent(50), body);
    }

    private TaskGroupOptions options(String name) {
        TaskGroupOptions options = TaskGroupOptions.named(name).withPolicy(policy());
        if (percent(20)) {
            options = options.withTimeout(micros(2000), oneOf(OnTimeout.values()));
        }
        if (percent(25)) {
            options = options.withMaxConcurrency(1 + random.nextInt(2));
        }
        return percent(20) ? options.withCancelMode(CancelMode.COOPERATIVE) : options;
    }

    private JoinPolicy policy() {
        return oneOf(
                JoinPolicy.allSuccessful(),
                JoinPolicy.allSuccessful(),
                JoinPolicy.noFailures(),
                JoinPolicy.anySuccessful(),
                JoinPolicy.quorum(2),
                JoinPolicy.awaitAll(),
                Policies.TOLERANT,
                Policies.NEVER_CONTENT,
                Policies.FIRST_WINS);
    }

    private ProgramStep fork(String group, Supplier<ProgramStep> step) {
        String name = "t" + (allTasks.size() + 1);
        allTasks.add(name);
        inside.push(name);
        Deque<Around> left = leave(group);
        List<ProgramStep> steps = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            steps.add(step.get());
        }
        left.forEach(around::push);
        inside.pop();
        List<ProgramStep> callback = new ArrayList<>();
        if (!around.isEmpty() && percent(15)) { // that of an outsider would come when it likes
            callback.add(ofCallback(group));
        }
        around.stream().filter(one -> one.name.equals(group)).forEach(one -> one.tasks.add(name));
        return new ProgramStep.Fork(group, new TaskCode(name, steps), callback);
    }

    /** Leaves the groups inside of this one, in which its tasks are not; returns them, the outermost first. */
    private Deque<Around> leave(String group) {
        Deque<Around> left = new ArrayDeque<>();
        while (!around.isEmpty() && !around.getFirst().name.equals(group)) {
            left.push(around.pop());
        }
        return left;
    }

    // ---- what they do

    private ProgramStep ofBody() {
        if (percent(45)) {
            return forkOrPause(nearest());
        }
        return percent(5) ? new ProgramStep.Join(oneOf(Handling.PASS_ON, Handling.SWALLOW)) : ofMember(true);
    }

    private ProgramStep ofTask() {
        return percent(15) ? forkOrPause(percent(70) ? nearest() : anyAround()) : ofMember(false);
    }

    private ProgramStep forkOrPause(String group) {
        return allTasks.size() < MOST_TASKS ? fork(group, this::ofTask) : pause();
    }

    private ProgramStep ofMember(boolean isBody) {
        if (percent(failures)) {
            return new ProgramStep.Fail(failure());
        }
        if (percent(cancels)) {
            return percent(50) || allTasks.isEmpty()
                    ? new ProgramStep.CancelGroup(anyAround())
                    : new ProgramStep.CancelTask(oneOf(allTasks));
        }
        if (percent(20) && around.size() < MOST_DEPTH && allTasks.size() < MOST_TASKS) {
            return new ProgramStep.Open(group());
        }
        String task = awaitable();
        return switch (random.nextInt(10)) {
            case 0 -> new ProgramStep.Look();
            case 1 -> new ProgramStep.Reschedule(anyAround(), 100 + random.nextInt(3000));
            case 2 -> task == null ? pause() : new ProgramStep.Future(task);
            case 3 -> task == null ? pause() : new ProgramStep.Callback(task, List.of(ofCallback(anyAround())));
            case 4, 5, 6 -> task == null ? pause() : new ProgramStep.Await(task, handling(isBody, task));
            default -> pause();
        };
    }

    private ProgramStep ofCallback(String group) {
        return switch (random.nextInt(6)) {
            case 0 -> percent(10 * failures) ? new ProgramStep.Fail(Failure.EXCEPTION) : new ProgramStep.Look();
            case 1 -> percent(10 * cancels) ? new ProgramStep.CancelGroup(group) : new ProgramStep.Look();
            case 2 -> percent(10 * cancels) ? new ProgramStep.CancelTask(oneOf(allTasks)) : new ProgramStep.Look();
            case 3 -> allTasks.size() < MOST_TASKS ? fork(group, this::simple) : new ProgramStep.Look();
            default -> new ProgramStep.Look();
        };
    }

    private ProgramStep outside() {
        String group = oneOf(allGroups);
        return switch (random.nextInt(8)) {
            case 0, 1 -> new ProgramStep.CancelGroup(group);
            case 2 -> allTasks.isEmpty() ? new ProgramStep.Look() : new ProgramStep.CancelTask(oneOf(allTasks));
            case 3 -> fork(group, this::simple);
            case 4, 5 -> new ProgramStep.InterruptOwner();
            case 6 -> percent(30) ? new ProgramStep.ShutDown(random.nextInt(300)) : new ProgramStep.Look();
            default -> new ProgramStep.Look();
        };
    }

    private ProgramStep simple() {
        return percent(failures) ? new ProgramStep.Fail(failure()) : pause();
    }

    private ProgramStep pause() {
        return new ProgramStep.Pause(random.nextInt(150), oneOf(Manners.values()));
    }

    private Failure failure() {
        return percent(60) ? Failure.EXCEPTION : oneOf(Failure.values());
    }

    /**
     * Only a body throws again what a task of its group threw: two tasks that throw the same would both be listed. And only
     * in blocks: what {@code close} throws is suppressed by Java in what the body threw, whatever that is.
     */
    private Handling handling(boolean isBody, String task) {
        boolean mayUnwrap = isBody
                && around.getFirst().tasks.contains(task)
                && around.stream().noneMatch(one -> one.form == Form.OPEN);
        return mayUnwrap ? oneOf(Handling.values()) : oneOf(Handling.PASS_ON, Handling.SWALLOW);
    }

    // ---- choices

    private String nearest() {
        return around.getFirst().name;
    }

    private String anyAround() {
        return oneOf(around.stream().map(Around::name).toList());
    }

    private String awaitable() {
        List<String> candidates = around.stream()
                .flatMap(one -> one.tasks.stream())
                .filter(task -> !inside.contains(task))
                .toList();
        return candidates.isEmpty() ? null : oneOf(candidates);
    }

    private Duration micros(int most) {
        return Duration.ofNanos(1000L * (1 + random.nextInt(most)));
    }

    private boolean percent(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
