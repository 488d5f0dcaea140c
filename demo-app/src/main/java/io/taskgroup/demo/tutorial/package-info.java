/** The three examples of the asyncio tutorial, each told by a log of what happened when. */
@NullMarked
package io.taskgroup.demo.tutorial;

import org.jspecify.annotations.NullMarked;
