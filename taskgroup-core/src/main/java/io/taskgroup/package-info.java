/**
 * Task groups: tasks that are started together end together.
 *
 * <p>A {@link io.taskgroup.TaskGroupFactory}, one for the whole application, opens a {@link io.taskgroup.TaskGroup}
 * around a body of code. The body {@linkplain io.taskgroup.TaskGroup#fork(java.util.concurrent.Callable) forks} tasks
 * and {@linkplain io.taskgroup.Task#await() awaits} their results:
 *
 * <pre>{@code
 * Page page = groups.call("product-page", group -> {
 *     Task<Product> product = group.fork("product", () -> catalog.find(id));
 *     Task<List<Review>> reviews = group.fork("reviews", () -> reviewClient.list(id));
 *     return new Page(product.await(), reviews.await());
 * });
 * }</pre>
 *
 * <p><b>One ends all.</b> When a task fails, the others are asked to stop, the body is woken, and the caller gets one
 * {@link io.taskgroup.TaskGroupException} with every failure. {@link io.taskgroup.JoinPolicy} changes that: a race, a
 * quorum, or nobody stops for anybody.
 *
 * <p><b>Nothing outlives its group.</b> When {@code call} is over, the thread of every task has left the task. So a group
 * waits for a task that does not stop, and names it in the log.
 *
 * <p><b>To stop is to be interrupted.</b> A task is asked to stop by interrupting its thread, and what it throws then is
 * no failure; code that computes for long asks {@link io.taskgroup.Task#checkpoint()}. Every request has a
 * {@link io.taskgroup.CancelReason}, which travels to every task and exception.
 *
 * <p><b>What else there is.</b> {@link io.taskgroup.TaskGroupOptions}: deadlines, limits, policies.
 * {@link io.taskgroup.ContextCarrier}: what tasks see of their caller. {@link io.taskgroup.TaskGroupObserver}, and
 * {@link io.taskgroup.TaskGroupFactory#snapshot()}: who runs, and where.
 *
 * <p>The rules are those of Python's {@code asyncio.TaskGroup}, kept in Java's terms; the 17 of them, each with its
 * tests, are in the project's {@code docs/semantics.md}.
 */
@NullMarked
package io.taskgroup;

import org.jspecify.annotations.NullMarked;
