package io.taskgroup.spring.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** That of Spring Boot 3, under a name that does not move. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc
@interface AutoConfigureMockMvc {}
