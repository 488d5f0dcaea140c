package io.taskgroup;

import java.util.List;
import java.util.stream.Stream;

/** What the parity tests share. */
interface Parity extends OnThreads {
    /** The outermost group of a test that looks at its tasks itself. */
    TaskGroupOptions AROUND = TaskGroupOptions.named("around").withPolicy(Policies.TOLERANT);

    /**
     * Runs code in a task of its own, cancels that task when the gates are reached, and returns it when it has ended:
     * asyncio's {@code create_task}, {@code cancel} and {@code await}.
     */
    default Task<Void> cancelledAt(List<Gate> gates, TaskAction code) throws InterruptedException {
        return groups().call(AROUND, around -> {
            Task<Void> runner = around.fork("runner", code);
            for (Gate gate : gates) {
                gate.awaitArrival();
            }
            runner.cancel("not needed any more");
            return runner;
        });
    }

    default Task<Void> cancelledAt(Gate gate, TaskAction code) throws InterruptedException {
        return cancelledAt(List.of(gate), code);
    }

    static List<Gate> gates(int count) {
        return Stream.generate(Gate::new).limit(count).toList();
    }

    static TaskAction failing(String message) {
        return () -> {
            throw new IllegalStateException(message);
        };
    }

    /** Blocks at the gate, and fails when it is stopped there: code whose cleanup goes wrong. */
    static TaskAction failingWhenStopped(Gate gate, String message) {
        return () -> {
            try {
                gate.pass();
            } catch (InterruptedException e) {
                throw new IllegalStateException(message);
            }
        };
    }

    static List<String> failed(Throwable thrown) {
        return ((TaskGroupException) thrown)
                .failures().stream().map(TaskFailure::taskName).toList();
    }
}
