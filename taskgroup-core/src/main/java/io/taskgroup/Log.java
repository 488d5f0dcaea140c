package io.taskgroup;

/** What goes wrong where no caller can be told is written to the {@link System.Logger} {@code io.taskgroup}. */
final class Log {
    private static final System.Logger LOGGER = System.getLogger("io.taskgroup");

    private Log() {}

    static void warn(String message) {
        LOGGER.log(System.Logger.Level.WARNING, message);
    }

    static void warn(String message, Throwable thrown) {
        LOGGER.log(System.Logger.Level.WARNING, message, thrown);
    }
}
