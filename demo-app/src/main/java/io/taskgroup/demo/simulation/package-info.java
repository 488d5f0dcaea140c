/** Plays the suppliers: what they answer over HTTP, and the switches that make them slow, failing or silent. */
@NullMarked
package io.taskgroup.demo.simulation;

import org.jspecify.annotations.NullMarked;
