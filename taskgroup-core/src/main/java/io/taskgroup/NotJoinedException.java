package io.taskgroup;

/** A group in the try-with-resources form was closed without a join: what a block that was left early always adds. */
final class NotJoinedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NotJoinedException(OwnedGroup group) {
        super(group + " was closed without join(); call join() at the end of the block");
    }
}
