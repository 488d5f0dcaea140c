package io.taskgroup.demo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** One line for the start that fails most often: the port is taken. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class TakenPortReporter implements SpringBootExceptionReporter {
    private static final Logger LOG = LoggerFactory.getLogger(TakenPortReporter.class);

    /** Made by Spring Boot, which gives the context. */
    TakenPortReporter(ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException taken) {
                LOG.error(
                        "Port {} is taken. Stop what listens there, or choose another: --server.port={}",
                        taken.getPort(),
                        taken.getPort() + 1);
                return true;
            }
        }
        return false;
    }
}
