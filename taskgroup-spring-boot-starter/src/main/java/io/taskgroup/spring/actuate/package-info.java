/**
 * What task groups are doing, as the actuator shows it: the endpoint {@code taskgroups} with the live tree and the last
 * groups that did not succeed, and the health {@code taskgroups}, which is down while a task ignores its cancel.
 */
@NullMarked
package io.taskgroup.spring.actuate;

import org.jspecify.annotations.NullMarked;
