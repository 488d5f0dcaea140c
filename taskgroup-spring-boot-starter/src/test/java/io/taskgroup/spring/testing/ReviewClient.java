package io.taskgroup.spring.testing;

import java.util.List;
import org.springframework.stereotype.Component;

/** Asks another service, which no test has. */
@Component
class ReviewClient {
    List<String> list(int id) {
        throw new IllegalStateException("there is no service of reviews");
    }
}
