/** Books trips: three reservations or none, and one booking, stored once. */
@NullMarked
package io.taskgroup.demo.booking;

import org.jspecify.annotations.NullMarked;
