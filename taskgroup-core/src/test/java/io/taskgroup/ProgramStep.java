package io.taskgroup;

import io.taskgroup.Program.GroupCode;
import io.taskgroup.Program.TaskCode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;

/** One thing that a body, a task, a callback or an outsider of a {@link Program} does. */
sealed interface ProgramStep {
    void play(ProgramActor actor) throws Exception;

    /** Returns what it does, in a line. */
    String text();

    /** What is thrown. Each is thrown once, and is looked for at the end. */
    enum Failure {
        EXCEPTION,
        CHECKED,
        ERROR,
        FATAL,
        CANCELLATION;

        Throwable by(String name) {
            return switch (this) {
                case EXCEPTION -> new IllegalStateException("thrown by " + name);
                case CHECKED -> new IOException("thrown by " + name);
                case ERROR -> new AssertionError("thrown by " + name);
                case FATAL -> new OutOfMemoryError("thrown by " + name);
                case CANCELLATION -> new CancellationException("thrown by " + name);
            };
        }
    }

    /** What is done with the failure of an awaited task, or of a join. */
    enum Handling {
        PASS_ON,
        SWALLOW,
        UNWRAP
    }

    /** How an interrupt is met. */
    enum Manners {
        YIELDING,
        SWALLOWING,
        STUBBORN,
        CHECKING
    }

    /**
     * Forks a task into a group of those around.
     *
     * @param callback what happens when it has ended; empty if nothing
     */
    record Fork(String group, TaskCode task, List<ProgramStep> callback) implements ProgramStep {
        @Override
        public void play(ProgramActor actor) throws Exception {
            actor.fork(this);
        }

        @Override
        public String text() {
            return "fork " + task.name() + " into " + group;
        }
    }

    record Open(GroupCode group) implements ProgramStep {
        @Override
        public void play(ProgramActor actor) throws Exception {
            actor.open(group);
        }

        @Override
        public String text() {
            return "open " + group.name();
        }
    }

    record Pause(int micros, Manners manners) implements ProgramStep {
        @Override
        public void play(ProgramActor actor) throws Exception {
            actor.pause(micros, manners);
        }

        @Override
        public String text() {
            return "pause " + micros + " us, " + manners;
        }
    }

    record Fail(Failure failure) implements ProgramStep {
        @Override
        public void play(ProgramActor actor) throws Exception {
            actor.fail(failure);
        }

        @Override
        public String text() {
            return "throw " + failure;
        }
    }

    record CancelGroup(String group) implements ProgramStep {
        @Override
        public void play(ProgramActor actor) {
            actor.cancelGroup(group);
        }

        @Override
        public String text() {
            return "cancel group " + group;
        }
    }

    record CancelTask(String task) implements ProgramStep {
        @Override
        public void play(ProgramActor actor) {
            actor.cancelTask(task);
        }

        @Override
        public String text() {
            return "cancel task " + task;
        }
    }

    record Await(String task, Handling handling) implements ProgramStep {
        @Override
        public void play(ProgramActor actor) throws Exception {
            actor.await(task, handling);
        }

        @Override
        public String text() {
            return "await " + task + ", " + handling;
        }
    }

    record Join(Handling handling) implements ProgramStep {
        @Override
        public void play(ProgramActor actor) throws Exception {
            actor.join(handling);
        }

        @Override
        public String text() {
            return "join, " + handling;
        }
    }

    record Callback(String task, List<ProgramStep> steps) implements ProgramStep {
        @Override
        public void play(ProgramActor actor) {
            actor.addCallback(task, steps);
        }

        @Override
        public String text() {
            return "on completion of " + task;
        }
    }

    record Future(String task) implements ProgramStep {
        @Override
        public void play(ProgramActor actor) {
            actor.takeFuture(task);
        }

        @Override
        public String text() {
            return "take the future of " + task;
        }
    }

    record Reschedule(String group, int micros) implements ProgramStep {
        @Override
        public void play(ProgramActor actor) {
            actor.reschedule(group, micros);
        }

        @Override
        public String text() {
            return "reschedule " + group + " to " + micros + " us";
        }
    }

    record Look() implements ProgramStep {
        @Override
        public void play(ProgramActor actor) {
            actor.look();
        }

        @Override
        public String text() {
            return "look at the live tree";
        }
    }

    record InterruptOwner() implements ProgramStep {
        @Override
        public void play(ProgramActor actor) {
            actor.interruptOwner();
        }

        @Override
        public String text() {
            return "interrupt the owner of the outermost group";
        }
    }

    record ShutDown(int graceMicros) implements ProgramStep {
        @Override
        public void play(ProgramActor actor) throws InterruptedException {
            actor.shutDown(graceMicros);
        }

        @Override
        public String text() {
            return "shut the factory down, grace " + graceMicros + " us";
        }
    }
}
