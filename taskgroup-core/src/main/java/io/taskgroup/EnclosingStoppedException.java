package io.taskgroup;

/**
 * Tells the body of a group that the task or body around was asked to stop. Nobody interrupted the thread from outside:
 * code further out that was not asked must not take this for such an interrupt.
 */
final class EnclosingStoppedException extends InterruptedException {
    private static final long serialVersionUID = 1L;

    EnclosingStoppedException(String message) {
        super(message);
    }
}
