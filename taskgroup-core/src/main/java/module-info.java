/**
 * Task groups for plain Java: tasks started together end together.
 *
 * <p>The module needs nothing at run time but {@code java.base}. Start with {@link io.taskgroup.TaskGroupFactory}.
 */
module io.taskgroup {
    requires static org.jspecify;

    exports io.taskgroup;
}
