package io.taskgroup.spring.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/** That of Spring Boot 4, under a name that does not move. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest
@interface WebMvcTest {
    /** The controllers to test. */
    @AliasFor(annotation = org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest.class, attribute = "controllers")
    Class<?>[] value() default {};
}
