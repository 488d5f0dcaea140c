package io.taskgroup.demo.supplier;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Text without control characters, of which a database may refuse some, and without halves of a character. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*", message = "must not contain control characters")
@Constraint(validatedBy = {})
public @interface Printable {
    String message() default "must be printable";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
