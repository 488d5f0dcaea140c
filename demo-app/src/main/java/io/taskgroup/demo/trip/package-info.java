/** Searches: a trip, all or nothing; the offers that come in time; the flight that is offered first. */
@NullMarked
package io.taskgroup.demo.trip;

import org.jspecify.annotations.NullMarked;
