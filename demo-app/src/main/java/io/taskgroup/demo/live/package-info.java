/** Shows groups and tasks as they start and end. */
@NullMarked
package io.taskgroup.demo.live;

import org.jspecify.annotations.NullMarked;
