/** What task groups are doing, as the actuator shows it. */
@NullMarked
package io.taskgroup.spring.actuate;

import org.jspecify.annotations.NullMarked;
