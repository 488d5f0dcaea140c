/** Runs the benchmarks, and judges what they measure by the goals. */
@NullMarked
package io.taskgroup.benchmarks;

import org.jspecify.annotations.NullMarked;
