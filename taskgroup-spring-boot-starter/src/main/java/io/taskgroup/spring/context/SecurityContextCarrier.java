package io.taskgroup.spring.context;

import io.taskgroup.ContextCarrier;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Gives every task a security context of its own, with the authentication of the forking thread. Spring Security's own
 * accessor hands on the same object, so that a task that changes it would change what the caller is.
 */
final class SecurityContextCarrier implements ContextCarrier {
    @Override
    public Captured capture() {
        return new CapturedAuthentication(SecurityContextHolder.getContext().getAuthentication());
    }

    private record CapturedAuthentication(@Nullable Authentication authentication) implements Captured {
        @Override
        public <T> T call(Callable<T> task) throws Exception {
            Supplier<SecurityContext> before = SecurityContextHolder.getDeferredContext();
            SecurityContext own = SecurityContextHolder.createEmptyContext();
            own.setAuthentication(authentication);
            SecurityContextHolder.setContext(own);
            try {
                return task.call();
            } finally {
                SecurityContextHolder.setDeferredContext(before);
            }
        }
    }
}
