/**
 * What a task sees of the thread that forked it: the values of thread-locals, by Micrometer's context propagation; the
 * security context; the application's class loader.
 */
@NullMarked
package io.taskgroup.spring.context;

import org.jspecify.annotations.NullMarked;
