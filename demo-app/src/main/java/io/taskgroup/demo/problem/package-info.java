/** Failures as answers: problem details (RFC 9457) for invalid input and for task groups that did not succeed. */
@NullMarked
package io.taskgroup.demo.problem;

import org.jspecify.annotations.NullMarked;
