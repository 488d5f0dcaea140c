package io.taskgroup.spring.context;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import io.taskgroup.ContextCarrier;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.i18n.LocaleContextThreadLocalAccessor;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ResourceLoader;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.ClassUtils;

/**
 * The context that tasks take along. Off with {@code taskgroup.context-propagation.enabled=false}. Our carriers are
 * outside those of the application, which therefore have the last word.
 *
 * <p>A transaction is bound to its thread and does not move: it stays with the body.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "taskgroup.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "taskgroup.context-propagation.enabled", matchIfMissing = true)
public class TaskGroupContextAutoConfiguration {
    /** Creates the configuration. Spring does that. */
    public TaskGroupContextAutoConfiguration() {}

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ContextCarrier taskGroupClassLoaderCarrier(ResourceLoader application) {
        return new ClassLoaderCarrier(classLoader(application));
    }

    private static ClassLoader classLoader(ResourceLoader application) {
        ClassLoader loader = application.getClassLoader();
        return loader != null ? loader : TaskGroupContextAutoConfiguration.class.getClassLoader();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ContextRegistry.class)
    static class ThreadLocals {
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE + 10)
        ContextCarrier taskGroupThreadLocalCarrier(ResourceLoader application) {
            return new ThreadLocalCarrier(ContextRegistry.getInstance(), ours(classLoader(application)));
        }

        /** Those that neither Micrometer nor Spring registers by itself. */
        private static List<ThreadLocalAccessor<?>> ours(ClassLoader loader) {
            List<ThreadLocalAccessor<?>> ours = new ArrayList<>();
            ours.add(new LocaleContextThreadLocalAccessor());
            if (ClassUtils.isPresent("org.slf4j.MDC", loader)) {
                ours.add(new Slf4jThreadLocalAccessor());
            }
            if (ClassUtils.isPresent("org.springframework.web.context.request.RequestContextHolder", loader)) {
                ours.add(new RequestAttributesAccessor());
            }
            return ours;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SecurityContextHolder.class)
    static class Security {
        /** Inside of Spring Security's own accessor, whose context it replaces by one of the task's own. */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE + 20)
        ContextCarrier taskGroupSecurityContextCarrier() {
            return new SecurityContextCarrier();
        }
    }
}
