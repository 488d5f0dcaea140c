/** What an operator sees in the log: one request id for all of a request's tasks and calls, and who was cancelled why. */
@NullMarked
package io.taskgroup.demo.observability;

import org.jspecify.annotations.NullMarked;
