/**
 * Task groups: tasks started together end together.
 *
 * <p>A {@link io.taskgroup.TaskGroupFactory} opens a {@link io.taskgroup.TaskGroup} around a body of code. The body
 * {@linkplain io.taskgroup.TaskGroup#fork(java.util.concurrent.Callable) forks} tasks; when one of them fails, the
 * others and the body are cancelled; when the group has ended, no thread is left in any of its tasks, and every failure
 * is in one {@link io.taskgroup.TaskGroupException}.
 *
 * <p>The rules are those of Python's {@code asyncio.TaskGroup}, kept in Java's terms: a task runs on a thread, and is
 * asked to stop by interrupting it.
 */
@NullMarked
package io.taskgroup;

import org.jspecify.annotations.NullMarked;
