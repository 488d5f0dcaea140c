/** What the desk knows of its suppliers: how to ask one over HTTP, and what it answers. */
@NullMarked
package io.taskgroup.demo.supplier;

import org.jspecify.annotations.NullMarked;
