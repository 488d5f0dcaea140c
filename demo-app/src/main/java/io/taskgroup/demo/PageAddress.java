package io.taskgroup.demo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says where the page is, as the last line of the start. */
@Component
class PageAddress {
    private static final Logger LOG = LoggerFactory.getLogger(PageAddress.class);

    @EventListener
    void log(ApplicationReadyEvent ready) {
        // the port is known only now: it may have been chosen at random
        String url = ready.getApplicationContext().getEnvironment().getRequiredProperty("demo.url");
        LOG.info("The trip desk is open: {}/", url);
    }
}
