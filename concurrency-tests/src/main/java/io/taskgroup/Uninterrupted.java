package io.taskgroup;

/** An actor cannot throw checked exceptions: this runs one that nobody interrupts. What is thrown all the same is an error. */
final class Uninterrupted {
    private Uninterrupted() {}

    static void run(TaskAction actor) {
        try {
            actor.run();
        } catch (Exception e) {
            throw new AssertionError("an actor failed", e);
        }
    }
}
