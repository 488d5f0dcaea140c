/** The workloads on pools of platform threads, which is what there is on JDK 17. */
@NullMarked
package io.taskgroup.benchmarks.pools;

import org.jspecify.annotations.NullMarked;
