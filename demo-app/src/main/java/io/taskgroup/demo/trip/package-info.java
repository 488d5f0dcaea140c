/** All or nothing: a trip is a flight, a hotel and the weather, asked for at once. */
@NullMarked
package io.taskgroup.demo.trip;

import org.jspecify.annotations.NullMarked;
