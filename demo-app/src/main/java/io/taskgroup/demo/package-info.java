/** The trip desk: a Spring Boot application that asks many suppliers at once, with task groups. */
@NullMarked
package io.taskgroup.demo;

import org.jspecify.annotations.NullMarked;
