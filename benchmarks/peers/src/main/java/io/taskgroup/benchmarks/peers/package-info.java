/** The workloads: a class each, with the same work written for TaskGroup and for its peers. */
@NullMarked
package io.taskgroup.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
