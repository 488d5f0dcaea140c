/** What an operator sees in the log: which tasks were cancelled, and why. */
@NullMarked
package io.taskgroup.demo.observability;

import org.jspecify.annotations.NullMarked;
