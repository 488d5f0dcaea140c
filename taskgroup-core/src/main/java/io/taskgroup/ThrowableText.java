package io.taskgroup;

/** What messages of the library say of a user's exception, also of one whose own text cannot be made. */
final class ThrowableText {
    private ThrowableText() {}

    static String of(Throwable thrown) {
        try {
            return String.valueOf(thrown);
        } catch (Throwable unreadable) {
            return thrown.getClass().getName() + " (its message cannot be read)";
        }
    }
}
