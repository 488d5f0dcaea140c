package io.taskgroup;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The tests of another project whose meaning a parity test has. {@code docs/semantics.md} lists them all. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface StandsFor {
    /** Returns the names that the other project gives to its tests. */
    String[] value();
}
