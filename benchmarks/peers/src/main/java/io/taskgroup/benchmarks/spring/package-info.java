/** What the Spring Boot starter adds to the cost of a task. */
@NullMarked
package io.taskgroup.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
