/**
 * Task groups for plain Java: tasks started together end together.
 *
 * <p>The module needs nothing at run time but {@code java.base}; with {@code jdk.jfr} it writes events to the Flight
 * Recorder. Start with {@link io.taskgroup.TaskGroupFactory}.
 */
module io.taskgroup {
    requires static jdk.jfr;
    requires static org.jspecify;

    exports io.taskgroup;
}
