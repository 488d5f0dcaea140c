package io.taskgroup.spring.testing;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The application that the examples of {@code docs/testing.md} test. */
@SpringBootApplication
class PageApplication {
    @Bean
    SecurityFilterChain everybodyMayReadPages(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }
}
